from platform_cli.project.reading.lenient import as_list, as_mapping


def test_one_value_is_a_list_of_it_and_none_is_none_of_it() -> None:
    assert as_list(None) == []
    assert as_list(["a"]) == ["a"]
    assert as_list("a") == ["a"]
    assert as_list(False) == [False]


def test_what_is_no_mapping_is_an_empty_one() -> None:
    assert as_mapping({"a": 1}) == {"a": 1}
    assert as_mapping(None) == {}
    assert as_mapping(["a"]) == {}
