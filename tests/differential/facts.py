"""What a manifest, or a reader's project, says about a dbt project: one flat mapping of facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Subject:
    """What a fact is about: the aspect, the resource, and the key within the resource."""

    aspect: str
    unique_id: str
    key: str = ""


@dataclass(frozen=True)
class Unknown:
    """The reader says that only dbt can tell, and why."""

    reason: str


Facts = Mapping[Subject, Any]

# Aspects of lists: a fact is there or not.
EDGES = "edges"
EDGE_ORDER = "edge order"

_ALL = ("name", "package_name", "path", "description")
_TAGGED = (*_ALL, "tags", "meta")
_RELATION = ("database", "schema", "alias")

# Per resource type: aspect -> attributes, by the reader's names. Tags and meta of groups and unit
# tests are in their config only.
ATTRIBUTES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "model": {
        "attributes": (*_TAGGED, "group", "access", "language", "version", "latest_version"),
        "relation": _RELATION,
    },
    "snapshot": {"attributes": (*_TAGGED, "group"), "relation": _RELATION},
    "seed": {"attributes": (*_TAGGED, "group"), "relation": _RELATION},
    "analysis": {"attributes": _TAGGED, "relation": _RELATION},
    "operation": {"attributes": _TAGGED},
    "test": {
        "attributes": _TAGGED,
        "relation": _RELATION,
        "tests": ("test_name", "namespace", "arguments", "attached_node", "column_name"),
    },
    "unit_test": {"attributes": _ALL, "tests": ("model",)},
    "source": {
        "attributes": _TAGGED,
        "relation": ("database", "schema", "identifier"),
        "source": ("source_name", "source_description", "loader", "loaded_at_field", "freshness"),
    },
    "exposure": {"attributes": (*_TAGGED, "type"), "owner": ("owner",)},
    "group": {"attributes": _ALL, "owner": ("owner",)},
}
COLUMN_ATTRIBUTES = ("description", "data_type", "quote", "meta", "tags", "constraints")
WITH_COLUMNS = frozenset({"model", "snapshot", "seed", "source"})


def canonical(value: Any) -> Any:
    """The value as JSON would give it back, without the keys that are None."""
    if isinstance(value, Mapping):
        return {str(k): canonical(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def edges(unique_id: str, upstream: list[str] | tuple[str, ...]) -> Iterator[tuple[Subject, Any]]:
    """One fact per edge, and one for their order, sources left out.

    dbt's static parser returns a model's sources as a set: their order in the manifest changes
    with Python's hash seed, from one `dbt parse` to the next.
    """
    for parent in upstream:
        yield Subject(EDGES, unique_id, parent), True
    ordered = [parent for parent in upstream if not parent.startswith("source.")]
    yield Subject(EDGE_ORDER, unique_id), ordered


def constraints(declared: Any) -> list[dict[str, Any]]:
    """Constraints without the defaults that dbt writes into the manifest."""
    kept = ("type", "name", "expression", "columns", "to", "to_columns")
    found = []
    for constraint in declared or ():
        plain = canonical(constraint)
        found.append({key: plain[key] for key in kept if plain.get(key)})
    return found
