"""Fix: hard-coded-relation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix, offset
from platform_cli.project.edits.edit import Edit, ReplaceText
from platform_cli.project.resources import Model, Snapshot
from platform_cli.reporting.diagnostic import Diagnostic

NAME = re.compile(r"(?:\w+|\"[^\"]+\")(?:\s*\.\s*(?:\w+|\"[^\"]+\"))*")


@fix()
def hard_coded_relation(
    finding: Diagnostic, node: Model | Snapshot, scene: Scene
) -> Iterator[Edit]:
    """The one call that can be meant, if then all rows are the same."""
    call = re.search(r"\{\{ .+ \}\}", finding.help)
    if call is None:
        raise SuggestedError("no model and no source is the only one of that name")
    text = scene.text(node.path)
    name = NAME.match(text, offset(text, finding.where))
    if name is not None:
        yield ReplaceText(node.path, name.start(), name[0], call[0])
