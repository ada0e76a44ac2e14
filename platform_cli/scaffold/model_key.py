"""Which columns identify a row of a new model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.parents import Parent
from platform_cli.scaffold.select_list import SelectList


@dataclass(frozen=True, slots=True)
class Key:
    """The key and, if nobody chose it, why it is proposed."""

    columns: tuple[str, ...]
    because: str = ""


def model_key(
    name: str, wished: Sequence[str], parents: Sequence[Parent], selected: SelectList
) -> Key:
    """The key as wished, or a proposal: the first parent's, else an id, else the first column.

    Raises PlatformError for a column that is not selected (near names), and when nothing is known.
    """
    known = [column.name for column in selected.columns]
    if wished:
        for column in wished:
            if column not in known and not selected.unknown:
                raise PlatformError(
                    f"--key {column!r} is not a column of {name}",
                    hint=did_you_mean(column, known) or f"it has {', '.join(known)}",
                )
        return Key(tuple(wished))
    if not known:
        raise PlatformError(
            f"which column identifies a row of {name}? The columns of "
            f"{parents[0].resource.name} are not known",
            hint="say it with --key COLUMN, or build the parent first",
        )
    first = parents[0]
    if first.key and snake_case(first.key) in known:
        return Key((snake_case(first.key),), f"unique and not null in {first.resource.name}")
    bare = name.partition("_")[2]
    own_ids = (f"{bare}_id", f"{bare.removesuffix('s')}_id", "id")
    for column in (*own_ids, *(one for one in known if one.endswith("_id"))):
        if column in known:
            return Key((column,), "by its name")
    return Key((known[0],), "the first column")
