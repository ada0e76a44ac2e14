"""The description that a column inherits from the column it is."""

from __future__ import annotations

from typing import NamedTuple

from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.resources import Model, Seed, Snapshot, Source, column_named
from platform_cli.project.sql.origin import Origin
from platform_cli.project.still_to_write import is_still_to_write

_WITH_COLUMNS = (Model, Seed, Snapshot, Source)


class Inherited(NamedTuple):
    """A description and the column that it is of; `through` are those passed on the way to it."""

    text: str
    origin: Origin
    through: tuple[Origin, ...]


def inherited_description(
    lineage: ColumnLineage, unique_id: str, column: str, *, through_casts: bool = True
) -> Inherited | None:
    """What the next column upstream says that this one is, under whatever name and type.

    A column that is computed, unknown, or made of several inherits nothing; nor does a description
    that is still to be written count. Nor does one of another type inherit without `through_casts`.
    """
    through: list[Origin] = []
    here = Origin(unique_id, column)
    while True:
        made = lineage.column(here.unique_id, here.column)
        origin = made.passed_on if made is not None else None
        if made is not None and made.how == "converted" and not through_casts:
            return None
        if origin is None or origin in through:
            return None
        parent = lineage.project.resources.get(origin.unique_id)
        if not isinstance(parent, _WITH_COLUMNS):
            return None
        declared = column_named(parent.columns, origin.column)
        text = declared.description.strip() if declared is not None else ""
        if text and not is_still_to_write(text):
            return Inherited(text, origin, tuple(through))
        through.append(origin)
        here = origin
