"""The relations of a project, by the names that SQL has for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.resources import Model, Seed, Snapshot, Source

if TYPE_CHECKING:
    from sqlglot import exp

    from platform_cli.project.project import Project

Declare = Callable[[str], str]
"""Makes a source of a table or a file: `table:raw.orders` or a path to `source:raw.orders`."""


class Names:
    """The relations of a project, by the names that SQL has for them."""

    def __init__(self, project: Project) -> None:
        self._known: dict[str, list[str]] = defaultdict(list)
        for one in project.resources.values():
            if isinstance(one, Model | Seed | Snapshot | Source) and one.enabled:
                for name in dict.fromkeys(_names_of(one)):
                    self._known[name].append(_word(one))

    def word(self, table: exp.Table, written: str, where: Where, declare: Declare) -> str:
        """The word for a table. Raises PlatformError for one that is unknown, or could be two."""
        if is_file(written[0]):
            return self._declared(written.strip("'"), where, declare)
        name = ".".join(part.name for part in table.parts).lower()
        found = list(dict.fromkeys(self._known.get(name, ())))
        if len(found) == 1:
            return found[0]
        if found:
            raise PlatformError(
                f"{written} may be {' or '.join(found)}",
                hint="write its schema in front of it, or the ref() or source() itself",
                where=where,
            )
        try:
            return declare(f"table:{name}")
        except PlatformError:
            near = did_you_mean(name, self._known)
            raise PlatformError(
                f"no model, seed, snapshot or source is the table {written}",
                hint=near or "declare it with `platform new-source`, or write its name in full",
                where=where,
            ) from None

    def _declared(self, path: str, where: Where, declare: Declare) -> str:
        try:
            return declare(path)
        except PlatformError as error:
            raise PlatformError(error.message, hint=error.hint, where=where) from error


def _names_of(one: Model | Seed | Snapshot | Source) -> Iterator[str]:
    name = one.identifier or one.name if isinstance(one, Source) else one.alias or one.name
    schemas = {one.schema, one.source_name} if isinstance(one, Source) else {one.schema}
    yield name.lower()
    yield one.name.lower()
    for schema in filter(None, schemas):
        yield f"{schema}.{name}".lower()
        yield f"{schema}.{one.name}".lower()
        if one.database:
            yield f"{one.database}.{schema}.{name}".lower()


def _word(one: Model | Seed | Snapshot | Source) -> str:
    return f"source:{one.source_name}.{one.name}" if isinstance(one, Source) else f"ref:{one.name}"


def is_file(first: str) -> bool:
    """Whether what starts with this letter is a path."""
    return first == "'"
