"""What `platform snapshot verify` found: a line per snapshot, below it what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from click import style

from platform_cli.reporting.verified import Fault, Verified


def verified_as_text(found: Sequence[Verified]) -> str:
    """The snapshots in their order."""
    width = max(len(one.snapshot) for one in found)
    return "\n".join(line for one in found for line in _lines(one, width))


def _lines(one: Verified, width: int) -> Iterator[str]:
    counts = f"{one.versions:,} version{'' if one.versions == 1 else 's'}, {one.open:,} open"
    if one.problem:
        yield f"{one.snapshot:<{width}}  {style('unsound', fg='red', bold=True)}"
        yield f"  {one.problem}"
    elif not one.table:
        yield f"{one.snapshot:<{width}}  {style('no history yet', dim=True)}"
    else:
        state = style("sound  ", fg="green") if one.sound else style("unsound", fg="red", bold=True)
        yield f"{one.snapshot:<{width}}  {state}  {counts}"
    for fault in one.faults:
        yield f"  {fault.what}: {_keys(fault)}"
    if one.key_change:
        yield f"  {style('another key', fg='red')}: {one.key_change}"
    if one.note:
        yield f"  note: {one.note}"


def _keys(fault: Fault) -> str:
    more = "; ..." if fault.keys > len(fault.examples) else ""
    count = f"{fault.keys:,} key{'' if fault.keys == 1 else 's'}"
    return f"{count} ({'; '.join(fault.examples)}{more})"
