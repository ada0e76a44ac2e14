"""The text of a node as dbt holds it: the file or block it stands in, stripped."""

from __future__ import annotations

from pathlib import Path

from platform_cli.project.jinja.blocks import extract_blocks
from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.resources import DataTest, Node, Snapshot


def raw_code(root: Path, node: Node) -> str:
    """The Jinja SQL of a model, snapshot, analysis or singular test.

    A snapshot in YAML selects everything from its `relation`. Raises Unknown for a node that
    has no SQL of its own.
    """
    if isinstance(node, DataTest) and node.test_name is not None:
        raise Unknown("a generic test's SQL is in its macro")
    if not node.path.endswith(".sql"):
        for reference in node.references[:1] if isinstance(node, Snapshot) else ():
            # Jinja that nobody outside the project wrote; it is dbt's text, to the letter.
            return "select * from {{ " + _call(reference.kind, reference.args) + " }}"  # noqa: S608
        raise Unknown(f"{node.unique_id} has no SQL")
    # Not read_text(): it would turn Windows' line ends into ours, and dbt leaves them.
    text = (root / node.path).read_bytes().decode("utf-8").strip()
    if isinstance(node, Snapshot):
        for block in extract_blocks(text, ("snapshot",)):
            if block.name == node.name:
                return block.contents
    return text


def _call(kind: str, args: tuple[str, ...]) -> str:
    return f"{kind}({', '.join(repr(arg) for arg in args)})"
