"""A random life of a snapshot: batches of rows, each with the configuration of its run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

Config = dict[str, Any]
"""What scd_snapshot takes but the names, the SQL and the time."""


@dataclass(frozen=True)
class Batch:
    """One run. Values are SQL literals without quotes; None is NULL."""

    at: str
    columns: list[tuple[str, str]]
    rows: list[list[str | None]]
    config: Config
    allow: list[str] = field(default_factory=list)
    lost: bool = False
    """The history is gone before this run."""

    @property
    def sql(self) -> str:
        """The snapshot's select."""
        names = [quoted(name) for name, _ in self.columns]
        kinds = [kind for _, kind in self.columns]
        if not self.rows:
            nulls = zip(names, kinds, strict=True)
            listed = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in nulls)
            return f"select {listed} where false"
        rows = ", ".join(
            "(" + ", ".join(map(literal, row, kinds)) + ")"  # one type for all rows
            for row in self.rows
        )
        return f"select * from (values {rows}) as source ({', '.join(names)})"


@dataclass(frozen=True)
class Case:
    """Batches in their order."""

    name: str
    batches: list[Batch]

    def with_batches(self, batches: list[Batch]) -> Case:
        return replace(self, batches=batches)

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1)


def case_of_json(text: str) -> Case:
    """A case that was printed."""
    read = json.loads(text)
    batches = [
        Batch(**{**batch, "columns": [(name, kind) for name, kind in batch["columns"]]})
        for batch in read["batches"]
    ]
    return Case(read["name"], batches)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | None, kind: str) -> str:
    if value is None:
        return f"cast(null as {kind})"
    escaped = value.replace("'", "''")
    return f"cast('{escaped}' as {kind})"


def shown(case: Case) -> str:
    """The case for a person: what to paste into a report."""
    lines = [f"case {case.name}"]
    for number, batch in enumerate(case.batches):
        said = {name: value for name, value in batch.config.items() if value not in (None, {}, [])}
        lines.append(
            f"batch {number} at {batch.at}: {said}" + (f" allow {batch.allow}" * bool(batch.allow))
        )
        lines.append("   " + " | ".join(f"{name} {kind}" for name, kind in batch.columns))
        lines += [
            "   " + " | ".join("NULL" if cell is None else cell for cell in row)
            for row in batch.rows
        ]
    return "\n".join(lines)
