from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from platform_cli.config import Check
from platform_cli.conventions.baseline import Baseline, Fingerprint
from platform_cli.conventions.check import check
from platform_cli.conventions.checker import Checker
from platform_cli.conventions.rule import Violation, known, query_of, rule
from platform_cli.conventions.rules.unused_or_expired_waiver import unused_or_expired_waiver
from platform_cli.conventions.rules.waiver_has_owner_reason_expiry import (
    waiver_has_owner_reason_expiry,
)
from platform_cli.conventions.rules_in_use import rules_in_use
from platform_cli.errors import Where
from platform_cli.project.project import Project
from platform_cli.project.request import Request
from platform_cli.project.resources import AnyResource, Model, Undecided
from platform_cli.project.sql.queries import Queries
from platform_cli.reporting.findings import Findings
from tests.builders import write
from tests.resource_builders import a_model, a_project, reads
from tests.sql_builders import sql_project

TODAY = date(2026, 11, 20)


@rule()
def model_has_tags(model: Model) -> Iterator[Violation]:
    """A model has tags."""
    if not known(model, "tags"):
        yield Violation("no tags")


@rule(severity="warn")
def model_is_small(model: Model, *, most: int = 3) -> Iterator[Violation]:
    """A model has few columns."""
    for column in list(model.columns.values())[most:]:
        yield Violation("one column too many", at=column)


@rule()
def fails(model: Model) -> Iterator[Violation]:
    """A rule with a bug."""
    yield Violation(f"{1 / len(model.tags)}")


@rule()
def project_has_models(project: Project) -> Iterator[Violation]:
    """A project has models."""
    if not any(isinstance(one, Model) for one in project.resources.values()):
        yield Violation("no models")


def found(*resources: AnyResource, rules: Any = (model_has_tags,), **more: Any) -> Findings:
    settings = more.pop("settings", Check())
    project = a_project(*resources)
    every = (*rules, waiver_has_owner_reason_expiry, unused_or_expired_waiver)
    in_use = rules_in_use(every, settings, project.root)
    return check(project, in_use, settings, today=TODAY, **more)


def test_a_finding_has_rule_severity_resource_and_place() -> None:
    [one] = found(a_model()).diagnostics
    assert (one.name, one.severity, one.message) == ("model-has-tags", "error", "no tags")
    assert one.resource == "model.shop.fct_flights"
    assert one.where == Where("models/marts/fct_flights.sql")


def test_a_call_is_found_in_the_sql(tmp_path) -> None:
    @rule()
    def reads_nothing(model: Model) -> Iterator[Violation]:
        """A model reads nothing."""
        for reference in model.references:
            yield Violation("reads", at=reference)

    parent = a_model("stg_flights")
    one, *_ = found(a_model(**reads(parent)), parent, rules=[reads_nothing]).diagnostics
    assert one.where == Where("models/marts/fct_flights.sql", 3, 15)
    assert one.anchor == "ref:stg_flights"


def test_a_column_is_found_in_the_properties_file(tmp_path) -> None:
    yaml = "models:\n  - name: fct_flights\n    columns:\n      - name: flight_id\n"
    (tmp_path / "fct_flights.yml").write_text(yaml)
    model = a_model(properties_path="fct_flights.yml")
    project = a_project(model, root=tmp_path)
    settings = Check(rules={"model-is-small": {"most": 0}})
    in_use = rules_in_use([model_is_small], settings, tmp_path)
    [one] = check(project, in_use, settings, today=TODAY).diagnostics
    assert (one.where, one.severity) == (Where("fct_flights.yml", 4, 9), "warn")


def test_packages_disabled_and_ignored_resources_are_not_looked_at() -> None:
    assert found(a_model(package_name="other")).resources == 0
    assert found(a_model(enabled=False)).resources == 0
    assert found(a_model(), settings=Check(ignore=("models/marts/",))).resources == 0
    assert found(a_model(), a_model("other"), selected={"model.shop.other"}).resources == 1


def test_undecided_is_counted_and_no_finding() -> None:
    findings = found(a_model(undecided={"tags": Undecided("a macro says it")}))
    assert not findings.diagnostics
    [one] = findings.undecided
    assert (one.rule, one.reason) == ("model-has-tags", "tags: a macro says it")


@pytest.mark.parametrize("unknown", ["config", "config.contract", "config.contract.enforced"])
def test_a_config_key_is_undecided_with_what_holds_it_and_what_it_holds(unknown) -> None:
    @rule()
    def contracted(model: Model) -> Iterator[Violation]:
        """A model has a contract."""
        if not known(model, "config.contract.enforced"):
            yield Violation("none")

    assert found(a_model(), rules=[contracted]).errors == 1
    unclear = a_model(undecided={unknown: Undecided("a var")})
    assert found(unclear, rules=[contracted]).errors == 0
    other = a_model(undecided={"config.contract_x": Undecided("a var")})
    assert found(other, rules=[contracted]).errors == 1


def test_a_resource_that_may_be_disabled_is_undecided_for_every_rule() -> None:
    findings = found(a_model(undecided={"enabled": Undecided("a var")}))
    assert (findings.resources, findings.diagnostics) == (0, ())
    assert [one.rule for one in findings.undecided] == ["every rule"]


def test_a_rule_that_raises_is_named_and_the_others_go_on() -> None:
    findings = found(a_model(), rules=(fails, model_has_tags))
    assert [one.rule for one in findings.failures] == ["fails"]
    assert [one.name for one in findings.diagnostics] == ["model-has-tags"]


@rule()
def yields_text(model: Model) -> Iterator[Violation]:
    """A rule that says it in its own way."""
    yield f"{model.name} is bad"  # type: ignore[misc]


@rule()
def ends_the_program(model: Model) -> Iterator[Violation]:
    """A rule that calls a script."""
    yield Violation("bad")
    raise SystemExit(0)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [(yields_text, "no Violation"), (ends_the_program, "SystemExit: 0")],
)
def test_a_rule_that_ends_otherwise_has_failed_too(bad: Any, reason: str) -> None:
    findings = found(a_model(), rules=(bad, model_has_tags))
    assert [one.reason.endswith(reason) for one in findings.failures] == [True]
    assert "model-has-tags" in [one.name for one in findings.diagnostics]


def test_a_rule_about_the_project_is_asked_once() -> None:
    [one] = found(rules=[project_has_models]).diagnostics
    assert one.where == Where("dbt_project.yml")


def waived(**terms: Any) -> AnyResource:
    meta = {"platform": {"waive": {"model-has-tags": terms}}}
    return a_model(config={"meta": meta})


GOOD = {"reason": "no tags yet", "until": "2026-12-31", "owner": "network_planning"}


def test_a_waiver_that_holds_silences_its_rule_only() -> None:
    findings = found(waived(**GOOD))
    assert (findings.diagnostics, len(findings.waived)) == ((), 1)
    assert found(waived(**GOOD), rules=(fails, model_has_tags)).failures


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"until": "2026-11-19"}, "unused-or-expired-waiver", "ended on 2026-11-19"),
        ({"until": "2027-11-19"}, "waiver-has-owner-reason-expiry", "more than 90 days"),
        ({"until": "soon"}, "waiver-has-owner-reason-expiry", "ends on no day"),
        ({"owner": ""}, "waiver-has-owner-reason-expiry", "has no owner"),
        ({"reason": None}, "waiver-has-owner-reason-expiry", "has no reason"),
    ],
)
def test_a_waiver_that_does_not_hold_is_a_finding_beside_the_one_it_was_for(
    change, name, words
) -> None:
    by_name = {one.name: one for one in found(waived(**GOOD | change)).diagnostics}
    assert set(by_name) == {"model-has-tags", name}
    assert words in by_name[name].message


def test_the_last_day_of_a_waiver_still_holds() -> None:
    assert not found(waived(**GOOD | {"until": "2026-11-20"})).diagnostics


def test_a_waiver_that_nothing_needs_and_one_for_an_unknown_rule_are_findings() -> None:
    model = a_model(tags=("x",), config=waived(**GOOD).config)
    assert [one.name for one in found(model).diagnostics] == ["unused-or-expired-waiver"]
    meta = {"platform": {"waive": {"model-has-tag": GOOD}}}
    model = a_model(tags=("x",), config={"meta": meta})
    [one] = found(model).diagnostics
    assert one.help == "did you mean 'model-has-tags'?"


def test_what_is_waived_for_others_is_not_told_of_those_that_were_asked_for() -> None:
    wrong = waived(**GOOD | {"owner": ""})
    other = a_model("other", tags=("x",))
    assert not found(wrong, other, selected={other.unique_id}).diagnostics
    # Both have it from one place, and one of them needs it.
    idle = a_model("other", tags=("x",), config=waived(**GOOD).config)
    assert not found(waived(**GOOD), idle).diagnostics
    assert not found(waived(**GOOD), idle, selected={idle.unique_id}).diagnostics


def test_of_two_alike_the_finding_says_that_the_baseline_has_one() -> None:
    @rule()
    def is_well(model: Model) -> Iterator[Violation]:
        """A model is well."""
        yield Violation("first", help="mend it")
        yield Violation("second", help="mend it")

    old = Fingerprint("is-well", a_model().unique_id, "")
    [one] = found(a_model(), rules=[is_well], baseline=Baseline({old: 1})).diagnostics
    assert one.message == "second"
    assert one.help.startswith("mend it\nthe baseline has 1 like it here")
    [new] = found(a_model(), rules=[model_has_tags], baseline=Baseline({old: 1})).diagnostics
    assert "baseline" not in new.help


@rule()
def has_no_join(model: Model, queries: Queries) -> Iterator[Violation]:
    """A model joins nothing."""
    for join in query_of(model, queries).joins:
        yield Violation("joins", at=join)


@rule()
def has_no_star(model: Model, queries: Queries) -> Iterator[Violation]:
    """A model has no star."""
    for star in query_of(model, queries).stars:
        yield Violation("star", at=star)


def found_in_sql(folder: Path, sql: str, **more: str) -> Findings:
    project = sql_project(folder, {"models/marts/fct.sql": sql, **more})
    rules = (has_no_join, has_no_star, unused_or_expired_waiver)
    settings = Check(problems={"profile": "off"})
    return check(project, rules_in_use(rules, settings, folder), settings, today=TODAY)


def test_a_part_of_the_sql_is_found_at_its_place_by_its_logical_name(tmp_path) -> None:
    sql = "select f.id\nfrom {{ ref('stg_flights') }} f join {{ ref('stg_airports') }} a using (id)"
    [one] = found_in_sql(tmp_path, sql).diagnostics
    assert one.where == Where("models/marts/fct.sql", 2, 33)
    assert one.anchor == "join:a"


def test_sql_that_only_dbt_can_render_is_said_once_and_its_waivers_are_not_idle(tmp_path) -> None:
    waiver = '-- waive: has-no-join until=2026-12-01 owner=growth reason="it joins"\n'
    findings = found_in_sql(tmp_path, waiver + "select {{ run_query('x') }}")
    assert findings.diagnostics == ()
    [told] = findings.undecided
    assert (told.rule, told.resource) == ("every rule about SQL", "model.shop.fct")


def test_without_a_profile_the_sql_is_read_as_what_platform_yml_says(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "dbt_project.yml": "name: shop\nprofile: nobody_has_it\n",
            "models/fct.sql": "select value:a::int as a from t, lateral flatten(input => t.x)",
        },
    )

    def found(adapter: str) -> Findings:
        settings = Check(adapter=adapter)  # type: ignore[arg-type]
        return Checker(tmp_path, Request(), settings).whole().findings

    taken_for_duckdb, as_it_is = found("duckdb"), found("snowflake")
    assert any(
        "not understood as that of duckdb" in one.reason for one in taken_for_duckdb.undecided
    )
    assert not as_it_is.undecided
    [profile] = [one for one in as_it_is.diagnostics if one.name == "profile"]
    assert "`check: adapter:`" in profile.help


def test_a_profiles_yml_that_is_not_there_is_said_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_PROFILES_DIR", str(tmp_path / "nowhere"))
    write(
        tmp_path,
        {"dbt_project.yml": "name: shop\n\nprofile: shop\n", "models/fct.sql": "select 1 as a"},
    )
    found = Checker(tmp_path, Request(), Check()).whole().findings
    [profile] = [one for one in found.diagnostics if one.name == "profile"]
    assert profile.where == Where("dbt_project.yml", 3)
    assert "No profiles.yml at nowhere/profiles.yml" in profile.message
