"""The lineage of a column as two trees, and coverage as a line and a list."""

from __future__ import annotations

from click import style

from platform_cli.reporting.column_lineage import ColumnCoverage, ColumnLineage, ColumnReader
from platform_cli.reporting.lineage import LineageNode

_TEST = ("test",)


def column_lineage_as_text(lineage: ColumnLineage) -> str:
    """The column, what it is made of, who depends on it; a branch is shown once."""
    start = lineage.columns[0]
    what = start.type or ""
    lines = [
        "  ".join(
            part for part in (style(start.name, bold=True), what, _about(start.resource)) if part
        )
    ]
    if lineage.upstream:
        lines += [
            style("made of", dim=True),
            *(_Tree(lineage, up=True).below(0) or [_origin(lineage)]),
        ]
    if lineage.downstream:
        lines += [style("read by", dim=True), *(_Tree(lineage, up=False).below(0) or ["  nothing"])]
    lines.append(style(str(lineage.coverage), dim=True))
    return "\n".join(lines)


def coverage_as_text(coverage: ColumnCoverage) -> str:
    """The line, and below it what is unknown."""
    lines = [str(coverage)]
    if coverage.unknown:
        lines.append("unknown")
        lines += [f"  {name}: {why}" for name, why in coverage.unknown]
    if coverage.open:
        lines.append("may have more columns than are listed")
        lines += [f"  {name}: {why}" for name, why in coverage.open]
    return "\n".join(lines)


def _origin(lineage: ColumnLineage) -> str:
    start = lineage.columns[0]
    if start.how == "unknown":
        return f"  unknown: {start.why}"
    return "  nothing that is a column"


class _Tree:
    def __init__(self, lineage: ColumnLineage, *, up: bool) -> None:
        self._lineage = lineage
        self._up = up
        self._shown = {0}
        self._near: dict[int, list[int]] = {}
        for parent, child in lineage.edges:
            here, there = (child, parent) if up else (parent, child)
            self._near.setdefault(here, []).append(there)

    def below(self, at: int, indent: str = "  ") -> list[str]:
        near = self._near.get(at, [])
        readers = [] if self._up else _readers(self._lineage, at)
        lines = []
        for number, one in enumerate(near, start=1):
            last = number == len(near) and not readers
            again = one in self._shown and bool(self._near.get(one))
            label = self._label(at, one) + (style("  (above)", dim=True) if again else "")
            lines.append(f"{indent}{'└── ' if last else '├── '}{label}")
            if one not in self._shown:
                self._shown.add(one)
                lines += self.below(one, f"{indent}{'    ' if last else '│   '}")
        for number, reader in enumerate(readers, start=1):
            lines.append(f"{indent}{'└── ' if number == len(readers) else '├── '}{reader}")
        return lines

    def _label(self, here: int, there: int) -> str:
        columns = self._lineage.columns
        child = columns[here] if self._up else columns[there]
        shown = columns[there]
        how = child.how if not child.why else f"unknown: {child.why}"
        return f"{shown.name}  {how}  {_about(shown.resource)}"


def _readers(lineage: ColumnLineage, at: int) -> list[str]:
    """Who names the column; its data tests on one line."""
    readers = [one for one in lineage.readers if one.column == at]
    tests = [one.resource.name for one in readers if one.clauses == _TEST]
    lines = [_reader(one) for one in readers if one.clauses != _TEST]
    if tests:
        lines.append(f"{'data test' if len(tests) == 1 else 'data tests'}: {', '.join(tests)}")
    return lines


def _reader(reader: ColumnReader) -> str:
    what = f"named in {', '.join(reader.clauses)}" if reader.clauses else ""
    if reader.why:
        what = f"{what} perhaps: {reader.why}" if what else f"unknown: {reader.why}"
    return f"{reader.resource.name}  {what}  {_about(reader.resource)}"


def _about(node: LineageNode) -> str:
    about = ", ".join(part for part in (node.kind, node.owner) if part)
    return style(f"({about})", dim=True)
