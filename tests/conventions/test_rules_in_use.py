from collections.abc import Iterator

import pytest

from platform_cli.config import Check
from platform_cli.conventions.rule import Violation, load_rules, rule
from platform_cli.conventions.rules_in_use import rules_in_use
from platform_cli.errors import PlatformError
from platform_cli.project.resources import Model


def test_a_rule_has_its_own_severity_and_defaults_unless_the_project_says_otherwise(
    tmp_path,
) -> None:
    settings = Check(
        rules={
            "model-has-owner": "warn",
            "columns-documented": "off",
            "model-has-primary-key": {"in_layers": ["staging"]},
        }
    )
    in_use = {one.rule.name: one for one in rules_in_use(load_rules(), settings, tmp_path)}
    assert in_use["model-has-owner"].severity == "warn"
    assert "columns-documented" not in in_use
    key = in_use["model-has-primary-key"]
    assert (key.severity, key.settings["in_layers"]) == ("error", ("staging",))
    assert "unique_combination_of_columns" in key.settings["unique_tests"]


def test_a_rule_that_is_opt_in_is_on_when_the_project_names_it(tmp_path) -> None:
    def in_use(wish):
        settings = Check(rules={"sla-declared": wish} if wish else {})
        used = rules_in_use(load_rules(), settings, tmp_path)
        return {one.rule.name: one.severity for one in used}.get("sla-declared")

    assert in_use(None) is None
    assert in_use({"key": "promise"}) == "warn"
    assert in_use("error") == "error"
    assert in_use("off") is None


def test_an_unknown_sort_of_problem_has_near_names(tmp_path) -> None:
    with pytest.raises(PlatformError) as error:
        rules_in_use(load_rules(), Check(problems={"yamll": "off"}), tmp_path)
    assert "'yaml'" in error.value.hint


@pytest.mark.parametrize(
    ("rules", "message", "hint"),
    [
        ({"model-has-ownr": "off"}, "no rule 'model-has-ownr'", "'model-has-owner'"),
        ({"columns-documented": {"in_layer": []}}, "no setting 'in_layer'", "'in_layers'"),
        ({"columns-documented": {"in_layers": 3}}, "setting 'in_layers'", "its default"),
    ],
)
def test_an_unknown_rule_setting_or_type_is_an_error_with_help(
    tmp_path, rules, message, hint
) -> None:
    with pytest.raises(PlatformError) as error:
        rules_in_use(load_rules(), Check(rules=rules), tmp_path)
    assert message in error.value.message
    assert hint in error.value.hint


@rule(severity="warn", opt_in=True)
def fancy(model: Model) -> Iterator[Violation]:
    """A rule to opt into."""
    yield from ()


@rule(severity="info", opt_in=True)
def modest(model: Model) -> Iterator[Violation]:
    """Another one."""
    yield from ()


PRESETS = (*load_rules(), fancy, modest)


def severities(tmp_path, **settings) -> dict[str, str]:
    in_use = rules_in_use(PRESETS, Check(**settings), tmp_path)
    return {one.rule.name: one.severity for one in in_use}


def test_standard_is_every_rule_with_its_own_severity_without_those_to_opt_into(tmp_path) -> None:
    own = {one.name: one.severity for one in PRESETS if not one.opt_in}
    assert severities(tmp_path) == severities(tmp_path, preset="standard") == own


def test_minimal_is_the_errors_only(tmp_path) -> None:
    found = severities(tmp_path, preset="minimal")
    assert set(found.values()) == {"error"}
    assert set(found) == {one.name for one in PRESETS if one.severity == "error"}


def test_strict_is_everything_and_warnings_are_errors(tmp_path) -> None:
    found = severities(tmp_path, preset="strict")
    assert set(found) == {one.name for one in PRESETS}
    assert (found["fancy"], found["modest"]) == ("error", "info")
    assert "warn" not in found.values()


def test_what_rules_say_is_stronger_than_the_preset(tmp_path) -> None:
    wishes = {"columns-documented": "warn", "model-has-owner": "off", "fancy": {}}
    found = severities(tmp_path, preset="strict", rules=wishes)
    assert found["columns-documented"] == "warn"
    assert "model-has-owner" not in found
    assert severities(tmp_path, rules=wishes)["fancy"] == "warn"
    assert severities(tmp_path, preset="minimal", rules=wishes)["columns-documented"] == "warn"


def test_a_locked_rule_is_on_in_every_preset_but_the_project_may_set_it(tmp_path) -> None:
    locked = {"locked": ("columns-documented", "fancy")}
    found = severities(tmp_path, preset="minimal", **locked)
    assert (found["columns-documented"], found["fancy"]) == ("warn", "warn")
    off = severities(tmp_path, rules={"columns-documented": "off"}, **locked)
    assert "columns-documented" not in off
