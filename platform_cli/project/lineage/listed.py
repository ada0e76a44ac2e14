"""What `adapter.get_columns_in_relation` says without a database: the columns of the parents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from platform_cli.project.jinja.catalog import NamesOnly, StandIn
from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.lineage.made import MadeColumns
from platform_cli.project.lineage.stand_ins import stand_ins

_PLACEHOLDER = re.compile(r"""["`]dbt_resource["`]\.["`]([^"`]*)["`]\.""")


class ListedColumns(NamesOnly):
    """A catalog of what is listed: the names. Types as a database calls them are not known."""

    def __init__(self, made_of: Callable[[str], MadeColumns | None]) -> None:
        self._made_of = made_of

    def kind(self, database: str | None, schema: str | None, name: str | None) -> str | None:
        """Raises Unknown: nobody can tell what is in a database."""
        del database
        raise Unknown(f"whether {schema}.{name} exists is up to the database")

    def columns(self, relation: str) -> list[tuple[str, str | None]] | None:
        """The columns of the resource that a placeholder stands for; None when some may lack."""
        found = _PLACEHOLDER.match(relation)
        made = self._made_of(found[1].replace("/", ".")) if found else None
        if made is None or not made.complete or not all(one.name for one in made.columns):
            return None
        return [(one.name, None) for one in made.columns]

    @property
    def stand_ins(self) -> Mapping[str, StandIn]:
        """For the macros of dbt_utils that ask for more than names."""
        return stand_ins(self)
