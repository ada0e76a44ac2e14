"""The lineage of a column as a Mermaid flow chart: a box for each resource, its columns inside."""

from __future__ import annotations

from platform_cli.reporting.column_lineage import ColumnLineage
from platform_cli.reporting.lineage_as_mermaid import quoted


def column_lineage_as_mermaid(lineage: ColumnLineage) -> str:
    """The chart's text, left to right; data tests are left out."""
    lines = ["flowchart LR"]
    columns = lineage.columns
    resources = {one.resource.unique_id: one.resource for one in columns}
    for number, (unique_id, resource) in enumerate(resources.items()):
        owner = f" ({resource.owner})" if resource.owner else ""
        lines.append(f'    subgraph r{number}["{quoted(resource.name + owner)}"]')
        lines += [
            f'        c{at}["{quoted(one.column)}"]'
            for at, one in enumerate(columns)
            if one.resource.unique_id == unique_id
        ]
        lines.append("    end")
    lines += [
        f"    c{parent} -->|{columns[child].how}| c{child}" for parent, child in lineage.edges
    ]
    readers = [one for one in lineage.readers if one.clauses != ("test",)]
    ids = {one.resource.unique_id: f"u{number}" for number, one in enumerate(readers)}
    for one in {reader.resource.unique_id: reader.resource for reader in readers}.values():
        lines.append(f'    {ids[one.unique_id]}(["{quoted(one.name)}"])')
    for reader in readers:
        what = ", ".join(reader.clauses) or "unknown"
        lines.append(f"    c{reader.column} -.->|{what}| {ids[reader.resource.unique_id]}")
    lines.append("    style c0 stroke-width:3px")
    return "\n".join(lines)
