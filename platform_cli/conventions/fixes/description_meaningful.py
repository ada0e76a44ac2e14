"""Fix: description-meaningful."""

from __future__ import annotations

from collections.abc import Iterable

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.conventions.fixes.columns_documented import columns_documented
from platform_cli.project.edits.edit import Edit
from platform_cli.project.resources import AnyResource, Model
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def description_meaningful(
    finding: Diagnostic, resource: AnyResource, scene: Scene
) -> Iterable[Edit]:
    """A column's place-holder gives way to the description upstream; words of a person do not."""
    of_column = finding.anchor.startswith("column:") and isinstance(resource, Model)
    if not of_column or not finding.message.endswith("only keeps a place"):
        raise SuggestedError("what it means is for a person to say")
    return columns_documented.function(finding, resource, scene)
