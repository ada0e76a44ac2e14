"""Fix: unused-or-expired-waiver."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, Remove, ReplaceText, entry_way
from platform_cli.project.edits.written import meta_way
from platform_cli.project.resources import AnyResource
from platform_cli.reporting.diagnostic import Diagnostic

COMMENT = re.compile(r"[ \t]*(--|#)[ \t]*waive:[ \t]*(?P<rule>[\w-]+)[ \t]+\w+=[^\n]*(\r?\n|$)")
"""A waiver of one rule that has its line for itself."""


@fix()
def unused_or_expired_waiver(
    finding: Diagnostic, resource: AnyResource, scene: Scene
) -> Iterator[Edit]:
    """The waiver is deleted where it stands: in the entry of the resource, or in a comment."""
    named = re.match(r"the waiver for (\S+) ", finding.message)
    where = finding.where
    if named is None or where is None or where.line is None:
        return
    if where.path.endswith((".sql", ".py")):
        text = scene.text(where.path)
        start = sum(map(len, text.splitlines(keepends=True)[: where.line - 1]))
        comment = COMMENT.match(text, start)
        if comment is None or comment["rule"] != named[1]:
            raise SuggestedError("its comment says more than this waiver")
        yield ReplaceText(where.path, start, comment[0], "")
        return
    if where.path not in (resource.properties_path, resource.path):
        raise SuggestedError(f"a waiver in {where.path} may be of several resources")
    meta = meta_way(scene.project, where.path, entry_way(resource), "platform")
    yield Remove(where.path, (*meta, "platform", "waive", named[1]))
