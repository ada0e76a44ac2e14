"""What `platform snapshot repair` would do, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from click import style

from platform_cli.reporting.moment import moment, precision
from platform_cli.reporting.table import plain

VERSION = 1
"""Of the JSON document. Raised when a key changes its meaning or goes; new keys do not raise it."""

_MOST = 6
Period = tuple[Any, Any]
"""From and to; None while open."""
Values = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of repair: what it does, to how many keys, some of them, and one in full.

    `before_values` and `after_values` have, per period, the columns as text in which versions
    that begin together differ; both are empty when none begin together.
    """

    kind: str
    what: str
    keys: int
    examples: tuple[str, ...]
    before: tuple[Period, ...]
    after: tuple[Period, ...]
    before_values: tuple[Values, ...] = ()
    after_values: tuple[Values, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """All repairs of a history, in their order. `left` is what none of them can mend."""

    snapshot: str
    repairs: tuple[Repair, ...]
    versions_before: int
    versions_after: int
    left: tuple[str, ...] = ()


def plan_as_text(plan: RepairPlan) -> str:
    """Per repair the keys, and of the first one its versions before and after."""
    lines = []
    for one in plan.repairs:
        more = "; ..." if one.keys > len(one.examples) else ""
        count = f"{one.keys:,} key{'' if one.keys == 1 else 's'}"
        lines.append(f"{style(one.kind, bold=True)}: {count} ({'; '.join(one.examples)}{more})")
        lines.append(style(f"  {one.what}", dim=True))
        lines += _shown(one)
    lines += [f"{style('not repaired', fg='red')}: {one}" for one in plan.left]
    if plan.repairs:
        lines.append(f"{plan.versions_before:,} -> {plan.versions_after:,} versions")
    return "\n".join(lines)


def plan_as_json(plan: RepairPlan) -> str:
    """One object: `version`, `snapshot`, `repairs`, and the number of versions."""
    return json.dumps(
        {
            "version": VERSION,
            "snapshot": plan.snapshot,
            "versions_before": plan.versions_before,
            "versions_after": plan.versions_after,
            "repairs": [
                {
                    "kind": one.kind,
                    "keys": one.keys,
                    "examples": list(one.examples),
                    "before": [plain(period) for period in one.before],
                    "after": [plain(period) for period in one.after],
                    "before_values": list(one.before_values),
                    "after_values": list(one.after_values),
                }
                for one in plan.repairs
            ],
            "left": list(plan.left),
        },
        ensure_ascii=False,
    )


def _shown(one: Repair) -> Iterator[str]:
    exact = precision(time for period in (*one.before, *one.after) for time in period)
    label = one.examples[0] if one.examples else ""
    for word, periods, values, colour in (
        ("before", one.before, one.before_values, "red"),
        ("after", one.after, one.after_values, "green"),
    ):
        yield f"  {label} {word}:"
        for at, (start, end) in enumerate(periods[:_MOST]):
            to = "(open)" if end is None else moment(end, exact)
            sign = "-" if word == "before" else "+"
            said = ", ".join(
                f"{name} {'NULL' if value is None else value}"
                for name, value in (values[at] if values else {}).items()
            )
            text = f"    {sign} {moment(start, exact)} .. {to}"
            yield style(text + (f"  {said}" if said else ""), fg=colour)
        if len(periods) > _MOST:
            yield f"      and {len(periods) - _MOST} more"
        if not periods:
            yield "      none"
