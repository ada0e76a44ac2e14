"""Lineage as two trees: what the resource is made from, and what is made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from click import style

from platform_cli.reporting.lineage import Lineage, LineageNode


def lineage_as_text(lineage: Lineage) -> str:
    """The resource, its parents as a tree and its children as a tree; a branch is shown once."""
    nodes = {one.unique_id: one for one in lineage.nodes}
    parents: dict[str, list[str]] = {}
    children: dict[str, list[str]] = {}
    for parent, child in lineage.edges:
        parents.setdefault(child, []).append(parent)
        children.setdefault(parent, []).append(child)
    lines = [_label(lineage.start, bold=True)]
    for title, wanted, edges in (
        ("made from", lineage.upstream, parents),
        ("read by", lineage.downstream, children),
    ):
        if wanted:
            start = lineage.start.unique_id
            tree = _branches(start, edges, nodes, "  ", {start}) or ["  nothing"]
            lines += [style(title, dim=True), *tree]
    return "\n".join(lines)


def _branches(
    unique_id: str,
    edges: Mapping[str, Sequence[str]],
    nodes: Mapping[str, LineageNode],
    indent: str,
    shown: set[str],
) -> list[str]:
    lines = []
    near = edges.get(unique_id, ())
    for number, one in enumerate(near, start=1):
        last = number == len(near)
        again = one in shown and edges.get(one)
        label = _label(nodes[one]) + (style("  (above)", dim=True) if again else "")
        lines.append(f"{indent}{'└── ' if last else '├── '}{label}")
        if one not in shown:
            shown.add(one)
            deeper = f"{indent}{'    ' if last else '│   '}"
            lines += _branches(one, edges, nodes, deeper, shown)
    return lines


def _label(node: LineageNode, *, bold: bool = False) -> str:
    about = ", ".join(part for part in (node.kind, node.owner) if part)
    return f"{style(node.name, bold=bold)}  {style(f'({about})', dim=True)}"
