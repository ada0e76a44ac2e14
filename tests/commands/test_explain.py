from platform_cli.cli import run


def test_a_rule_is_explained_with_its_settings_and_waiver(capsys) -> None:
    assert run(["explain", "model-has-primary-key"]) == 0
    out = capsys.readouterr().out
    for part in (
        "## model-has-primary-key",
        "### Why",
        "### Write",
        "in_layers: [marts]",
        "waive:",
    ):
        assert part in out


def test_an_unknown_rule_has_near_names(capsys) -> None:
    assert run(["explain", "model-has-ownr"]) == 2
    assert "did you mean 'model-has-owner'" in capsys.readouterr().err
