"""Rules about SQL at work on a real project of a few files, read as `platform check` reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from platform_cli.config import default_layers
from platform_cli.conventions.place import Places
from platform_cli.conventions.rule import Rule, UndecidedError, Violation
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.sql.queries import Origins, Queries
from platform_cli.project.sql.query import Query
from tests.builders import write

PROJECT = "name: shop\nprofile: shop\nversion: '1'\n"
SOURCES = """sources:
- name: raw
  tables: [{name: flights}, {name: airports}, {name: planes}]
"""
FLIGHTS, AIRPORTS = "{{ source('raw', 'flights') }}", "{{ source('raw', 'airports') }}"
Files = dict[str, str]


def sql_project(folder: Path, files: Files) -> Project:
    """A project without a profile, with the models `stg_flights` and `stg_airports`."""
    write(
        folder,
        {
            "dbt_project.yml": PROJECT,
            "models/staging/_sources.yml": SOURCES,
            "models/staging/stg_flights.sql": f"select id, code from {FLIGHTS}",
            "models/staging/stg_airports.sql": f"select id, name from {AIRPORTS}",
            **files,
        },
    )
    return Project.load(folder)


def violations_in(
    folder: Path, rule: Rule, sql: str, *, path: str = "models/marts/fct.sql", **more: Any
) -> list[Violation]:
    """What a rule says about the node in `path`, whose text is `sql`."""
    files: Files = more.pop("files", {})
    project = sql_project(folder, {path: sql, **files})
    (node,) = [one for one in project.resources.values() if one.path == path and sees(rule, one)]
    offered: dict[Any, Any] = {
        Project: project,
        Graph: Graph(project.resources),
        Layers: Layers(default_layers()),
        Queries: Queries(project),
        Origins: Origins(Queries(project)),
    }
    wanted = {name: offered[type_] for name, type_ in rule.wants}
    defaults = {setting.name: setting.default for setting in rule.settings}
    return list(rule.function(node, **wanted, **defaults | more))


def sees(rule: Rule, resource: object) -> bool:
    return isinstance(resource, rule.sees)


def places_in(folder: Path, rule: Rule, sql: str, **more: Any) -> list[str]:
    """Where a rule finds something: `line:column` and the word there."""
    path = more.get("path", "models/marts/fct.sql")
    found = violations_in(folder, rule, sql, **more)
    project = Project.load(folder)
    (node,) = [one for one in project.resources.values() if one.path == path and sees(rule, one)]
    lines = sql.split("\n")
    shown = []
    for violation in found:
        where = Places(folder).of(violation, node)
        assert where.path == path
        assert where.line is not None
        assert where.column is not None
        word = lines[where.line - 1][where.column - 1 :].split()[0]
        shown.append(f"{where.line}:{where.column} {word}")
    return shown


def why_undecided(folder: Path, rule: Rule, sql: str, **more: Any) -> str:
    """The reason for which a rule says nothing."""
    try:
        found = violations_in(folder, rule, sql, **more)
    except UndecidedError as error:
        return str(error)
    raise AssertionError(f"it was decided: {found}")


def query_in(folder: Path, sql: str, **files: str) -> Query:
    """The facts about the SQL of a mart."""
    project = sql_project(folder, {"models/marts/fct.sql": sql, **files})
    found = Queries(project).of(project.model("fct"))
    assert isinstance(found, Query), found
    return found
