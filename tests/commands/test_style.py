"""The rule style in `check` and before `build`."""

import json

import pytest

from platform_cli.cli import run
from platform_cli.commands._session import Session
from platform_cli.commands._style import CountFiles, before_build, with_style
from platform_cli.config import Check
from tests.small_project import write_project

SQL = "models/staging/raw/stg_customers.sql"
UGLY = {
    SQL: "select  7 as customer_id, 'Ada' as customer_name\n",
    ".sqlfluff": "[sqlfluff]\nrules = LT01\n",
}


@pytest.fixture
def styled(tmp_path, capsys):
    """The findings of the rule style, and the exit code."""

    def call(changes, *arguments):
        write_project(tmp_path, {**UGLY, **changes})
        code = run(["-C", str(tmp_path), "check", "--output-format", "json", *arguments])
        document = json.loads(capsys.readouterr().out)
        return code, [one["severity"] for one in document["findings"] if one["rule"] == "style"]

    return call


def test_it_is_off_until_somebody_wants_it(styled) -> None:
    assert styled({}) == (0, [])
    assert styled({}, "--style") == (0, ["info"])
    assert styled({"platform.yml": "check: {rules: {style: warn}}\n"}) == (0, ["warn"])
    assert styled({"platform.yml": "check: {rules: {style: warn}}\n"}, "--no-style") == (0, [])


def test_it_stops_nobody_unless_the_project_says_so(styled) -> None:
    assert styled({"platform.yml": "check: {preset: strict}\n"})[1] == ["info"]
    assert styled({"platform.yml": "check: {rules: {style: error}}\n"}) == (1, ["error"])


def test_other_settings_of_sqlfluff_hold_at_once(styled) -> None:
    on = {"platform.yml": "check: {rules: {style: info}}\n"}
    assert styled(on)[1] == ["info"]
    assert styled(on | {".sqlfluff": "[sqlfluff]\nrules = CP01\n"})[1] == []


def test_it_can_be_waived_and_held_back(styled, tmp_path) -> None:
    on = {"platform.yml": "check: {rules: {style: info}}\n"}
    styled(on, "--write-baseline")
    assert styled(on)[1] == []
    more = UGLY[SQL].replace(" as customer_name", "  as customer_name")
    assert styled(on | {SQL: more})[1] == ["info"]
    (tmp_path / "baseline.json").unlink()
    waive = '-- waive: style until={} owner=sales reason="x"\n'
    from datetime import datetime, timedelta

    day = (datetime.now().astimezone() + timedelta(days=9)).date()
    assert styled(on | {SQL: waive.format(day) + UGLY[SQL]})[1] == []


def test_a_build_does_not_wait_for_remarks(tmp_path, capsys) -> None:
    broken = {".sqlfluff": "[sqlfluff]\ndialect = klingon\n"}
    on = {"platform.yml": "check: {rules: {style: info}}\n"}
    write_project(tmp_path, {**UGLY, **broken, **on})
    assert run(["-C", str(tmp_path), "build", "--select", "stg_customers"]) == 0
    capsys.readouterr()
    on = {"platform.yml": "check: {rules: {style: error}}\n"}
    write_project(tmp_path, {**UGLY, **on})
    assert run(["-C", str(tmp_path), "build", "--select", "stg_customers"]) == 1
    assert "error[style]" in capsys.readouterr().out


def test_a_wish_changes_no_severity_that_the_project_has_set() -> None:
    warn = Check(rules={"style": {"severity": "warn"}})
    assert with_style(warn, True) is warn
    assert with_style(warn, None) is warn
    assert with_style(warn, False).rule("style").severity == "off"
    assert with_style(Check(), True).rule("style").severity == "info"


def test_before_a_build_settings_are_others_only_where_style_is_on() -> None:
    plain, error = Check(), Check(rules={"style": "error"})
    assert before_build(plain) is plain
    assert before_build(error) is error
    assert before_build(Check(preset="strict")).rule("style").severity == "off"


def test_many_files_are_counted_on_stderr(tmp_path, capsys) -> None:
    count = CountFiles(Session(tmp_path, 0))
    for done in range(3):
        count(done, 10)
    assert capsys.readouterr().err == ""
    for done in (0, 1, 1000):
        count(done, 1000)
    assert capsys.readouterr() == ("", "style: 1,000 files are new, the next time is quick\n")
