"""A column with what it is made of and who depends on it, to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from platform_cli.reporting.lineage import LineageNode


@dataclass(frozen=True, slots=True)
class ColumnNode:
    """A column as it is shown; `how` it is made of its parents, and `why` that is unknown."""

    resource: LineageNode
    column: str
    type: str | None
    how: str
    why: str = ""

    @property
    def name(self) -> str:
        """The resource and the column."""
        return f"{self.resource.name}.{self.column}"


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """A resource that names a column in these clauses, and makes no column of it there.

    With `why`, nobody can tell whether it does.
    """

    resource: LineageNode
    column: int
    clauses: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class ColumnCoverage:
    """Of how many columns it is known what they are made of; of the rest, why it is not."""

    known: int
    columns: int
    resources: int
    unknown: tuple[tuple[str, str], ...]
    open: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        share = f" ({100 * self.known / self.columns:.1f} %)" if self.columns else ""
        models = "1 model" if self.resources == 1 else f"{self.resources} models"
        text = f"lineage known for {self.known} of {self.columns} columns{share} of {models}"
        if self.open:
            text += f"; {len(self.open)} may have columns that nobody lists"
        return text


@dataclass(frozen=True, slots=True)
class ColumnLineage:
    """Columns, the start first. Edges and readers name them by their place; edges go from a column
    to what is made of it.
    """

    columns: tuple[ColumnNode, ...]
    edges: tuple[tuple[int, int], ...]
    readers: tuple[ColumnReader, ...]
    upstream: bool
    downstream: bool
    coverage: ColumnCoverage
