"""A table that is there, in a database or in files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilesOfTable:
    """The files of one table: one, or several that differ in a date or number only.

    `location` leads there from the project's root, and `by_name` is the same with `{name}` in it
    where that is possible.
    """

    name: str
    location: str
    paths: tuple[str, ...]
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as it is: its columns with DuckDB's types, and what stands after `from`.

    `location` is for one that lies in files.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    relation: str
    location: FilesOfTable | None = None
