import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from platform_cli.project.resources import AnyResource, Column, Undecided
from tests.differential.as_resources import as_resources
from tests.differential.compare import Comparison, compare
from tests.differential.dbt_manifest import Asked, dbt_manifest
from tests.differential.generate import generate
from tests.differential.manifest_facts import manifest_facts
from tests.differential.reader_facts import reader_facts


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("differential") / "project"
    generate(root, 60)
    return dbt_manifest(Asked(root))


@pytest.fixture
def resources(manifest: dict[str, Any]) -> dict[str, AnyResource]:
    return {resource.unique_id: resource for resource in as_resources(manifest)}


def compared(manifest: dict[str, Any], resources: dict[str, AnyResource]) -> Comparison:
    return compare(manifest_facts(manifest), reader_facts(resources.values(), "gen"))


def test_a_reader_that_says_what_dbt_says_is_equal_everywhere(manifest, resources):
    comparison = compared(manifest, resources)
    assert comparison.differences == ()
    assert comparison.edges_decided == 1
    assert {count.aspect for count in comparison.counts} == {
        *("attributes", "columns", "config", "disabled", "edge order", "edges", "enabled"),
        *("owner", "relation", "source", "tests"),
    }
    assert all(count.equal > 0 and count.undecided == 0 for count in comparison.counts)


@pytest.mark.parametrize(
    ("unique_id", "aspect", "changes"),
    [
        ("model.gen.by_loop", "edges", {"depends_on": ("model.gen.plain",)}),
        (
            "model.gen.by_loop",
            "edges",
            {"depends_on": ("model.gen.plain", "model.gen.alternative")},
        ),
        ("model.gen.uses_versions", "edge order", {"depends_on": "reversed"}),
        ("model.gen.plain", "relation", {"schema": "other"}),
        ("model.gen.plain", "columns", {"columns": {}}),
        ("model.gen.plain", "columns", {"columns": {"id": Column("id", description="other")}}),
        ("model.gen.plain", "enabled", {"enabled": False}),
        ("model.gen.disabled_in_sql", "disabled", {"enabled": True}),
        ("model.gen.from_sql", "config", {"config": {"materialized": "view"}}),
        ("model.gen.from_sql", "attributes", {"tags": ()}),
        ("model.gen.promised", "attributes", {"access": "private"}),
        ("source.gen.raw_misc.events", "relation", {"identifier": "events"}),
        ("source.gen.raw_misc.orders_extra", "source", {"freshness": None}),
        ("exposure.gen.weekly_report", "edges", {"depends_on": ()}),
        ("group.gen.analytics", "owner", {"owner": {}}),
        ("unit_test.gen.plain.from_source", "tests", {"model": "grown"}),
    ],
)
def test_a_changed_value_is_wrong_in_its_aspect(manifest, resources, unique_id, aspect, changes):
    resource = resources[unique_id]
    if changes.get("depends_on") == "reversed":
        changes = {"depends_on": tuple(reversed(resource.depends_on))}
    resources[unique_id] = structs.replace(resource, **changes)
    comparison = compared(manifest, resources)
    assert aspect in {item.subject.aspect for item in comparison.differences}


def test_a_number_is_not_a_truth_value(manifest, resources):
    unique_id = "model.gen.from_yaml"
    config = resources[unique_id].config
    changed = config | {"enabled": 1}
    resources[unique_id] = structs.replace(resources[unique_id], config=changed)
    assert [item.subject.key for item in compared(manifest, resources).differences] == ["enabled"]


@pytest.mark.parametrize("which", ["model.gen.by_loop", "test.gen.assert_plain_is_small"])
def test_a_missing_resource_is_one_difference(manifest, resources, which):
    del resources[which]
    comparison = compared(manifest, resources)
    assert [item.subject.unique_id for item in comparison.differences] == [which]


def test_an_invented_resource_is_one_difference(manifest, resources):
    invented = structs.replace(resources["model.gen.plain"], unique_id="model.gen.invented")
    resources["model.gen.invented"] = invented
    comparison = compared(manifest, resources)
    assert [item.subject.unique_id for item in comparison.differences] == ["model.gen.invented"]


def test_undecided_values_are_counted_and_never_wrong(manifest, resources):
    unique_id = "model.gen.by_loop"
    nothing = {"depends_on": (), "schema": None, "config": {}, "columns": {}}
    names = ("depends_on", "schema", "config", "columns")
    undecided = dict.fromkeys(names, Undecided("a loop", "by_loop.sql", 2))
    resources[unique_id] = structs.replace(resources[unique_id], **nothing, undecided=undecided)
    comparison = compared(manifest, resources)
    assert comparison.differences == ()
    counts = {count.aspect: count.undecided for count in comparison.counts}
    assert counts["edges"] == 2
    assert counts["relation"] == 1
    assert counts["config"] > 10
    assert comparison.edges_decided < 1
    assert ("edges: a loop", 2) in comparison.reasons


def test_a_resource_that_may_be_disabled_is_undecided_on_both_sides(manifest, resources):
    maybe = {"enabled": Undecided("a variable")}
    for unique_id in ("model.gen.plain", "model.gen.disabled_in_sql"):
        resources[unique_id] = structs.replace(resources[unique_id], enabled=True, undecided=maybe)
    assert compared(manifest, resources).wrong == 0


def test_the_manifest_survives_json(manifest, resources):
    again = json.loads(json.dumps(manifest))
    assert manifest_facts(again) == manifest_facts(manifest)


def test_the_same_number_of_models_gives_the_same_bytes(tmp_path: Path):
    for name in ("one", "two"):
        generate(tmp_path / name, 60)
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert first == second
    assert len(first) > 100


def test_the_order_of_sources_is_nobodys_business(manifest, resources):
    unique_id = "test.gen.assert_source_is_there"
    upstream = resources[unique_id].depends_on
    assert len(upstream) == 2
    turned = structs.replace(resources[unique_id], depends_on=tuple(reversed(upstream)))
    resources[unique_id] = turned
    assert compared(manifest, resources).differences == ()
