"""Columns that come, go and change their type."""

from tests.scd.oracle.column_types import holds_both, is_number, is_time
from tests.scd.oracle.model import History, Row, Source, Version
from tests.scd.oracle.values import converted, survives


def grown(types: dict[str, str], rows: list[Row], source: Source) -> dict[str, str]:
    """The types that hold the history's rows and the source's."""
    result = dict(types)
    for column, kind in source.types.items():
        known = types.get(column, kind)
        both = holds_both(known, kind)
        old = [row[column] for row in rows if column in types]
        new = [row[column] for row in source.rows]
        lossy = is_number(both) or is_time(both)
        if lossy and not all(survives(value, both) for value in [*old, *new]):
            both = "VARCHAR"
        result[column] = both
    return result


def fitted(row: Row, old: dict[str, str], types: dict[str, str]) -> Row:
    """A row in the grown types; a column it does not have is NULL."""
    return {
        column: converted(row.get(column), kind) if old.get(column) != kind else row[column]
        for column, kind in types.items()
    }


def grow(
    history: History, replaced: list[Row], source: Source
) -> tuple[History, list[Row], Source]:
    """All with all columns of all; in the source's rows a dropped column is NULL."""
    rows = [version.values for version in history.versions]
    types = grown(history.types, rows + replaced, source)
    versions = [
        Version(
            fitted(version.values, history.types, types),
            version.start,
            version.end,
            version.updated_at,
            version.deleted,
        )
        for version in history.versions
    ]
    fitting = [fitted(row, source.types, types) for row in source.rows]
    present = Source(source.types, fitting, source.deletes, source.truncates)
    return (
        History(types, versions),
        [fitted(row, history.types, types) for row in replaced],
        present,
    )
