"""A folder of Parquet, CSV and JSON files as the tables of a source."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.source.found_table import FilesOfTable, FoundTable
from platform_cli.scaffold.source.tables import chosen

if TYPE_CHECKING:
    from platform_cli.warehouse import Connection

READABLE = (
    ".parquet", ".csv", ".tsv", ".json", ".jsonl", ".ndjson",
    ".csv.gz", ".tsv.gz", ".json.gz", ".jsonl.gz", ".ndjson.gz",
)  # fmt: skip
_DATED = re.compile(r"(?P<bare>.*?[a-zA-Z].*?)[-_.]?(?P<date>\d{4}-?\d\d(-?\d\d)?|[-_]\d{1,6})")
_SPECIAL = re.compile(r"[*?\[\]{}']|[\x00-\x1f]")


def files_of_tables(root: Path, folder: Path) -> tuple[list[FilesOfTable], list[tuple[str, str]]]:
    """The tables of a folder, and what is to be said: of which table (of none where a file is left
    out), and the words.

    Raises PlatformError when the folder holds no such files, with folders in it that do.
    """
    place = os.path.relpath(folder, root).replace(os.sep, "/")
    names = sorted(one.name for one in os.scandir(folder) if one.is_file() and _ending(one.name))
    odd = [one for one in names if _SPECIAL.search(one)]
    why = "a name with * ? [ ] { } or ' cannot stand in a path that dbt and DuckDB read"
    notes = [("", f"{place}/{one}: left out, because {why}; rename the file") for one in odd]
    if len(odd) == len(names):
        raise _nothing(folder, place, notes)
    groups: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for name in names:
        if name not in odd:
            ending = _ending(name)
            stem = name[: -len(ending)]
            dated = _DATED.fullmatch(stem)
            groups[dated["bare"] if dated else stem, ending, bool(dated)].append(name)
    found: list[FilesOfTable] = []
    for (bare, ending, _), files in groups.items():
        if len(files) > 1:
            after = {one[len(bare)] for one in files}
            between = after.pop() if len(after) == 1 and after <= set("-_.") else ""
            pattern = f"{bare}{between}*{ending}"
            found.append(FilesOfTable(snake_case(bare), f"{place}/{pattern}", tuple(files)))
            said = (
                f"{len(files)} files {place}/{pattern} are read as one table {snake_case(bare)}; if"
                " each is a full extract, read one at a time with a variable in external_location"
            )
            notes.append((snake_case(bare), said))
        else:
            stem = files[0][: -len(ending)]
            plain = re.fullmatch(r"[A-Za-z_]\w*", stem) is not None
            found.append(
                FilesOfTable(
                    stem if plain else snake_case(stem),
                    f"{place}/{files[0]}",
                    tuple(files),
                    f"{place}/{{name}}{ending}" if plain else "",
                )
            )
    return _told_apart(found, notes), notes


def described(
    connection: Connection, tables: Sequence[FilesOfTable], wanted: Sequence[str], place: str
) -> tuple[list[FoundTable], list[str]]:
    """The tables with their columns, as DuckDB reads the files, and what cannot be read.

    Raises PlatformError for a wanted one that is not there or cannot be read, and when none can.
    """
    from platform_cli.warehouse import literal, relation_columns

    by_name = {one.name: one for one in tables}
    names = chosen(by_name, wanted, place)
    found, notes, why = list[FoundTable](), list[str](), None
    for name in names:
        table = by_name[name]
        relation = literal(table.location)
        try:
            columns = relation_columns(connection, f"from {relation}")
        except PlatformError as error:
            why = PlatformError(
                f"{table.location} cannot be read: {_first_line(error.message)}",
                hint="mend the file, or name the others: --tables A,B",
            )
            notes.append(f"left out: {why.message}")
            continue
        found.append(FoundTable(name, tuple(columns), relation, location=table))
    if why and (wanted or not found):
        raise why
    return found, notes


def source_location(tables: Iterable[FoundTable]) -> str:
    """The one location with `{name}` in it that is right for all tables; empty when none is."""
    every = {one.location.by_name for one in tables if one.location}
    return every.pop() if len(every) == 1 else ""


def _told_apart(found: list[FilesOfTable], notes: list[tuple[str, str]]) -> list[FilesOfTable]:
    """Names differ, whatever their letter case: `orders.csv` and `Orders.parquet` are two."""
    taken: dict[str, str] = {}
    apart = []
    for one in found:
        name = one.name
        if name.lower() in taken:
            name = snake_case(f"{name}_{_ending(one.location).strip('.')}")
            number = 2
            while name.lower() in taken:
                name, number = f"{one.name}_{number}", number + 1
            said = f"{one.location} is the table {name}: {taken[one.name.lower()]} has its name"
            notes.append((name, said))
        taken[name.lower()] = one.location
        by_name = one.by_name if name == one.name else ""
        apart.append(FilesOfTable(name, one.location, one.paths, by_name))
    return apart


def _ending(name: str) -> str:
    lower = name.lower()
    found = [one for one in READABLE if lower.endswith(one) and len(lower) > len(one)]
    return name[-len(max(found, key=len)) :] if found and not name.startswith(".") else ""


def _nothing(folder: Path, place: str, notes: Sequence[tuple[str, str]]) -> PlatformError:
    inside = sorted(
        one.name
        for one in os.scandir(folder)
        if one.is_dir() and any(_ending(its.name) for its in os.scandir(one))
    )
    if notes:
        hint = notes[0][1]
    elif inside:
        hint = f"there are some in --folder {place}/{inside[0]}".replace("./", "")
    else:
        hint = f"files of these kinds are read: {', '.join(READABLE[:6])}"
    return PlatformError(f"there are no files of data in {place}", hint=hint)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0]
