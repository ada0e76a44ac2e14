from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.fingerprint import fingerprints


def a_finding(**changes: object) -> Diagnostic:
    usual = {
        "message": "column id has no description",
        "name": "columns-documented",
        "where": Where("models/a.yml", 9),
        "resource": "model.shop.fct_a",
        "anchor": "column:id",
    }
    return Diagnostic(**usual | changes)


def test_lines_files_and_words_do_not_count() -> None:
    moved = a_finding(where=Where("models/x/b.yml", 3), message="said otherwise")
    assert fingerprints([a_finding()]) == fingerprints([moved])


def test_rule_resource_and_anchor_do_and_equal_ones_are_numbered() -> None:
    different = [
        a_finding(),
        a_finding(),
        a_finding(anchor="column:b"),
        a_finding(name="other"),
        a_finding(resource="model.shop.fct_b"),
        a_finding(resource="", anchor=""),
        a_finding(resource="", anchor="", message="another"),
        a_finding(resource="", anchor="", where=None),
    ]
    assert len(set(fingerprints(different))) == len(different)
