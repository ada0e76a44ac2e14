"""Resources by hand: each builder makes a valid one, plus the one thing under test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from platform_cli.config import default_layers
from platform_cli.conventions.rule import Rule, Violation
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import (
    AnyResource,
    Column,
    DataTest,
    Model,
    Reference,
    Snapshot,
    Source,
)
from platform_cli.project.sql.queries import Queries


def a_model(name: str = "fct_flights", **changes: Any) -> Model:
    """A mart with an owner, a description and a documented column."""
    valid: dict[str, Any] = {
        "unique_id": f"model.shop.{name}",
        "name": name,
        "package_name": "shop",
        "path": f"models/marts/{name}.sql",
        "description": "One row per flight.",
        "group": "network_planning",
        "config": {"materialized": "table", "contract": {"enforced": False}},
        "columns": {"flight_id": Column("flight_id", description="The key.")},
    }
    return Model(**valid | changes)


def a_source(table: str = "flights", **changes: Any) -> Source:
    """A source table of the source `raw`."""
    valid: dict[str, Any] = {
        "unique_id": f"source.shop.raw.{table}",
        "name": table,
        "source_name": "raw",
        "package_name": "shop",
        "path": "models/staging/_raw__sources.yml",
    }
    return Source(**valid | changes)


def a_snapshot(**changes: Any) -> Snapshot:
    """A timestamp snapshot with its key."""
    valid: dict[str, Any] = {
        "unique_id": "snapshot.shop.snp_airports",
        "name": "snp_airports",
        "package_name": "shop",
        "path": "snapshots/snp_airports.yml",
        "config": {"unique_key": "icao", "strategy": "timestamp", "updated_at": "released_at"},
    }
    return Snapshot(**valid | changes)


def a_test(of: AnyResource, test_name: str, column: str | None = None) -> DataTest:
    """A generic data test attached to a resource."""
    name = f"{test_name}_{of.name}_{column}"
    return DataTest(
        unique_id=f"test.shop.{name}",
        name=name,
        package_name="shop",
        path=of.path,
        test_name=test_name,
        attached_node=of.unique_id,
        column_name=column,
    )


def reads(*parents: AnyResource) -> dict[str, Any]:
    """The attributes of a model that reads these: `a_model(**reads(a_source()))`."""
    references = tuple(
        Reference("source", (one.source_name, one.name), unique_id=one.unique_id, line=3, column=15)
        if isinstance(one, Source)
        else Reference("ref", (one.name,), unique_id=one.unique_id, line=3, column=15)
        for one in parents
    )
    return {"references": references, "depends_on": tuple(one.unique_id for one in parents)}


def a_project(*resources: AnyResource, **changes: Any) -> Project:
    """A project named shop of these resources."""
    valid: dict[str, Any] = {
        "root": Path("/nowhere"),
        "name": "shop",
        "resources": {one.unique_id: one for one in resources},
    }
    return Project(**valid | changes)


def violations(
    rule: Rule, resource: AnyResource, *others: AnyResource, **settings: Any
) -> list[Violation]:
    """What the rule says about the resource in a project of it and the others."""
    project = a_project(resource, *others)
    offered = {
        Project: project,
        Graph: Graph(project.resources),
        Layers: Layers(default_layers()),
        Queries: Queries(project),  # of no files: for a rule that does not come to ask
    }
    assert isinstance(resource, rule.sees)
    wanted = {name: offered[type_] for name, type_ in rule.wants}
    defaults = {setting.name: setting.default for setting in rule.settings}
    return list(rule.function(resource, **wanted, **defaults | settings))
