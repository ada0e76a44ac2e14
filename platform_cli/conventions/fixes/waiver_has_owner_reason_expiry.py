"""Fix: waiver-has-owner-reason-expiry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from platform_cli.conventions.fix import Scene, SuggestedError, fix, offset
from platform_cli.project.edits.edit import Edit, ReplaceText, SetKey, entry_way
from platform_cli.project.edits.written import meta_way
from platform_cli.project.resources import AnyResource
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def waiver_has_owner_reason_expiry(
    finding: Diagnostic, resource: AnyResource, scene: Scene
) -> Iterator[Edit]:
    """A waiver that is too long ends on the latest day; what is missing only its owner knows."""
    long = re.match(r"the waiver for (\S+) ends on (\S+), more than", finding.message)
    latest = re.search(r"the latest day today is (\S+)", finding.help)
    if long is None or latest is None or finding.where is None:
        raise SuggestedError("what is missing is for its owner to say")
    path = finding.where.path
    if path.endswith((".sql", ".py")):
        text = scene.text(path)
        start = offset(text, finding.where)
        until = text.find(long[2], start, text.find("\n", start) + 1 or len(text))
        if until < 0:
            raise SuggestedError("its day is not on its line")
        yield ReplaceText(path, until, long[2], latest[1])
        return
    if path not in (resource.properties_path, resource.path):
        raise SuggestedError(f"a waiver in {path} may be of several resources")
    meta = meta_way(scene.project, path, entry_way(resource), "platform")
    way = (*meta, "platform", "waive", long[1], "until")
    yield SetKey(path, way, date.fromisoformat(latest[1]))
