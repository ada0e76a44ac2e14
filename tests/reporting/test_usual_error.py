from platform_cli.reporting.usual_error import usual_error


def test_a_usual_error_is_found_anywhere_in_the_message() -> None:
    found = usual_error("Runtime Error in model a\n  'surogate_key' is undefined\n  > in macro x")
    assert found is not None
    assert "name of the macro" in found.help


def test_an_unusual_one_is_none() -> None:
    assert usual_error("Parser Error: syntax error at or near") is None
