from typing import Any

import pytest

from platform_cli.conventions.place import Places
from platform_cli.conventions.waivers_in_yaml import waivers_in_yaml
from platform_cli.conventions.written_waiver import WrittenWaiver
from platform_cli.errors import Where
from tests.builders import write
from tests.resource_builders import a_model, a_source

TERMS = {"reason": "old", "until": "2026-12-31", "owner": "growth"}
META = {"platform": {"waive": {"no-x": TERMS}}}
LINE = "platform: {waive: {no-x: {reason: old, until: 2026-12-31, owner: growth}}}"


def waived(name: str = "fct_flights", meta: Any = META, **changes: Any) -> Any:
    return a_model(name, **{"config": {"meta": meta}, "properties_path": "m.yml"} | changes)


def written(folder: Any, files: dict[str, str], *resources: Any) -> list[WrittenWaiver]:
    return list(waivers_in_yaml(resources, Places(write(folder, files))))


@pytest.mark.parametrize(
    ("above", "place"),
    [("config:\n    meta:\n      ", Where("m.yml", 5, 26)), ("meta:\n    ", Where("m.yml", 4, 24))],
)
def test_a_waiver_has_its_terms_and_its_own_place(tmp_path, above, place) -> None:
    yaml = f"models:\n- name: fct_flights\n  {above}{LINE}\n"
    [one] = written(tmp_path, {"m.yml": yaml}, waived())
    assert (one.rule, one.terms, one.unclear) == ("no-x", TERMS, "")
    assert one.resources == ("model.shop.fct_flights",)
    assert one.place() == place


def test_one_in_config_is_found_in_the_sql(tmp_path) -> None:
    sql = "select 1\n{{ config(meta={'platform': {'waive': {'no-x': {}}}}) }}"
    files = {"m.yml": "models:\n- name: fct_flights\n", "models/marts/fct_flights.sql": sql}
    [one] = written(tmp_path, files, waived())
    assert one.place() == Where("models/marts/fct_flights.sql", 2, 41)


def test_what_several_have_from_one_place_is_one_waiver(tmp_path) -> None:
    project = f"models:\n  shop:\n    +meta:\n      {LINE}\n"
    models = waived(), waived("fct_b")
    [one] = written(tmp_path, {"dbt_project.yml": project}, *models)
    assert one.place() == Where("dbt_project.yml", 4, 26)
    assert one.resources == tuple(model.unique_id for model in models)

    yaml = f"sources:\n- name: raw\n  config:\n    meta:\n      {LINE}\n"
    yaml += "  tables:\n  - name: a\n  - name: b\n"
    tables = [a_source(name, path="s.yml", config={"meta": META}) for name in ("a", "b")]
    [one] = written(tmp_path, {"s.yml": yaml}, *tables)
    assert (one.place().line, len(one.resources)) == (5, 2)


@pytest.mark.parametrize("waive", ["no-x", ["no-x"], {"no-x": "2026-12-31"}])
def test_what_is_no_mapping_has_no_terms(tmp_path, waive) -> None:
    [one] = written(tmp_path, {}, waived(meta={"platform": {"waive": waive}}))
    assert one.terms == {}
    assert bool(one.unclear) is not isinstance(waive, dict)


@pytest.mark.parametrize("meta", [None, "x", {"platform": None}, {"platform": {"waive": {}}}])
def test_nothing_is_no_waiver(tmp_path, meta) -> None:
    assert not written(tmp_path, {}, waived(meta=meta))
