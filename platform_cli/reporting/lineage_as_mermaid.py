"""Lineage as a Mermaid flow chart, for pull requests and pages."""

from __future__ import annotations

from platform_cli.reporting.lineage import Lineage

_SHAPES = {"source": ("[(", ")]"), "exposure": ("([", "])"), "snapshot": ("[[", "]]")}


def lineage_as_mermaid(lineage: Lineage) -> str:
    """The chart's text, left to right."""
    # Mermaid's ids take no dots, and some words are its own.
    ids = {one.unique_id: f"n{number}" for number, one in enumerate(lineage.nodes)}
    lines = ["flowchart LR"]
    for one in lineage.nodes:
        left, right = _SHAPES.get(one.kind, ("[", "]"))
        owner = f"<br/><small>{one.owner}</small>" if one.owner else ""
        lines.append(f'    {ids[one.unique_id]}{left}"{one.name}{owner}"{right}')
    lines += [f"    {ids[parent]} --> {ids[child]}" for parent, child in lineage.edges]
    for number, note in enumerate(lineage.notes):
        # In the picture, too, a parent that does not exist should be missed.
        lines.append(f'    note{number}>"{quoted(str(note))}"]')
        lines.append(f"    note{number} -.- {ids[note.resource]}")
    lines.append(f"    style {ids[lineage.start.unique_id]} stroke-width:3px")
    return "\n".join(lines)


def quoted(text: str) -> str:
    """A text as it may stand in quotes."""
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;")
