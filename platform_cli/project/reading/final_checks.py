"""What dbt checks when everything is read: groups, names of relations, snapshots' settings."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.errors import did_you_mean
from platform_cli.project.problem import Problem
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.group_place import GroupPlaces
from platform_cli.project.reading.resolve import REFABLE
from platform_cli.project.reading.state import State
from platform_cli.project.resources import Undecided


def final_problems(state: State) -> Iterator[Problem]:
    """What dbt would stop at, after all files are read."""
    groups = {group.name for group in state.groups.values()}
    places = GroupPlaces(state.root.root)
    relations: dict[tuple[str | None, ...], Draft] = {}
    for node in state.nodes.values():
        if node.group and node.group not in groups and "group" not in node.undecided:
            if node.resource_type == "test" and node.attached_node:
                continue  # said of the model itself
            where = places.of(node)
            yield Problem(
                message=f"{node.unique_id} is in group {node.group!r}, which does not exist",
                kind="group",
                path=where.path,
                line=where.line or 0,
                column=where.column or 0,
                hint=did_you_mean(str(node.group), groups) or "declare it under `groups:`",
                resource=node.unique_id,
            )
        if node.resource_type in REFABLE:
            relation = (node.database, node.schema, node.alias)
            if not {"database", "schema", "alias"} & node.undecided.keys():
                other = relations.setdefault(relation, node)
                if other is not node:
                    yield _same_relation(node, other)
        if node.resource_type == "snapshot" and (wrong := _wrong_snapshot(node)):
            yield Problem(
                message=f"Snapshot {node.name!r} {wrong}",
                kind="snapshot",
                path=node.path,
                line=node.line,
                hint="set it under `config:` of the snapshot",
                resource=node.unique_id,
            )


def _same_relation(node: Draft, other: Draft) -> Problem:
    name = ".".join(part or "" for part in (node.database, node.schema, node.alias))
    return Problem(
        message=f"{other.unique_id} and {node.unique_id} are both built as {name}",
        kind="duplicate",
        path=node.path,
        hint=f"the other is {other.path}; give one of them another alias or schema",
        resource=node.unique_id,
    )


def _wrong_snapshot(node: Draft) -> str | None:
    config = node.config
    if "config" in node.undecided or any(isinstance(v, Undecided) for v in config.values()):
        return None
    strategy, checked = config.get("strategy"), config.get("check_cols")
    if not strategy or not config.get("unique_key"):
        missing = " and ".join(key for key in ("strategy", "unique_key") if not config.get(key))
        return f"has no {missing}"
    if strategy == "check":
        if not checked:
            return "has strategy check and no check_cols"
        if isinstance(checked, str) and checked != "all":
            return f"has check_cols {checked!r}; dbt wants 'all' or a list of columns"
    if strategy == "timestamp":
        if not config.get("updated_at"):
            return "has strategy timestamp and no updated_at"
        if checked:
            return "has strategy timestamp and check_cols; they do not go together"
    if config.get("materialized", "snapshot") != "snapshot":
        return f"is materialized as {config['materialized']!r}, which dbt refuses"
    return None
