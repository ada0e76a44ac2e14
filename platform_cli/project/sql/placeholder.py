"""What `ref()`, `source()` and `this` render to: a relation that says which resource it stands for.

Its name in the database is dbt's business, and needs a profile. The last part is the alias, because
SQL may use it for the columns: `select stg_flights.id from {{ ref('stg_flights') }}`.
"""

from __future__ import annotations

from typing import Any

from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.jinja.relation import Relation
from platform_cli.project.resources import Model, Resource
from platform_cli.project.sql.alias import alias_of

MARK = "dbt_resource"
"""The first part of every placeholder, where a database would be."""
_BACKTICKS = frozenset({"bigquery", "databricks", "spark"})
_QUOTABLE = frozenset({"database", "schema"})


class Placeholder(Relation):
    """A relation that renders to `"dbt_resource"."model/shop/fct_orders"."fct_orders"`."""

    def __init__(self, resource: Resource, adapter: str, *, this: bool = False) -> None:
        quote = "`" if adapter in _BACKTICKS else '"'
        self.identifier = alias_of(resource)
        self.type = "cte" if _is_ephemeral(resource) and not this else None
        self.external = None
        self._resource = resource
        unique_id = resource.unique_id.replace(".", "/")
        parts = (MARK, unique_id, self.identifier)
        self._text = ".".join(f"{quote}{part}{quote}" for part in parts)

    def render(self) -> str:
        return self._text

    def _with(self, **changes: Any) -> Relation:
        if changes.keys() <= {"quote", "include"}:
            return self
        raise Unknown("a relation made from another")

    def __getattr__(self, name: str) -> Any:
        # What is not set by __init__: what a profile says, and what no relation of ours has.
        if name in _QUOTABLE:
            resource = self._resource
            value = getattr(resource, name, None)
            if name in resource.undecided or value is None:
                raise Unknown(f"the {name} of {resource.unique_id} depends on the target")
            return value
        return super().__getattr__(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Placeholder) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


def _is_ephemeral(resource: Resource) -> bool:
    return isinstance(resource, Model) and resource.config.get("materialized") == "ephemeral"
