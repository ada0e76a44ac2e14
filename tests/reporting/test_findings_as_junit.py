from xml.etree import ElementTree as ET

from platform_cli.reporting.findings_as_junit import findings_as_junit
from tests.reporting.findings_examples import FINDINGS, NOTHING, PAGES


def test_a_rule_is_a_suite_and_the_counts_are_right() -> None:
    top = ET.fromstring(findings_as_junit(FINDINGS, PAGES, folder="dbt/"))
    assert (top.tag, top.get("name")) == ("testsuites", "platform check")
    suites = {suite.get("name"): suite for suite in top}
    assert set(suites) == {page.name for page in PAGES} | {"yaml", "platform"}
    for element in (top, *suites.values()):
        assert element.get("tests") == str(len(list(element.iter("testcase"))))
        assert element.get("failures") == str(len(list(element.iter("failure"))))
        assert element.get("errors") == str(len(list(element.iter("error"))))
        assert element.get("skipped") == str(len(list(element.iter("skipped"))))
    assert (top.get("failures"), top.get("errors"), top.get("skipped")) == ("2", "1", "2")


def test_an_error_is_a_failure_with_its_place_and_a_warning_passes() -> None:
    top = ET.fromstring(findings_as_junit(FINDINGS, PAGES, folder="dbt/"))
    owner, waived = top.findall("testsuite[@name='model-has-owner']/testcase")
    assert (owner.get("name"), owner.get("file"), owner.get("line")) == (
        "fct_a",
        "dbt/models/a b.yml",
        "3",
    )
    [failure] = owner
    assert failure.text == "dbt/models/a b.yml:3:5\nno owner\nadd `group:`"
    [skipped] = waived
    assert skipped.get("message") == "waived by growth until 2027-01-31: old feed"
    [column] = top.findall("testsuite[@name='columns-documented']/testcase")
    assert column.get("name") == "fct_a.id"
    [output] = column
    assert output.tag == "system-out"
    assert 'column <id> & "more" has no description?' in (output.text or "")


def test_a_rule_that_finds_nothing_passes() -> None:
    top = ET.fromstring(findings_as_junit(NOTHING, PAGES))
    assert (top.get("tests"), top.get("failures"), top.get("errors")) == ("4", "0", "0")
