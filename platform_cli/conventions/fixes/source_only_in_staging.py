"""Fix: source-only-in-staging."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, ReplaceText
from platform_cli.project.resources import Model, Source
from platform_cli.reporting.diagnostic import Diagnostic


@fix()
def source_only_in_staging(finding: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The one staging model of the source instead, if then all rows are the same."""
    names = tuple(finding.anchor.removeprefix("source:").split("."))
    source = next(
        (one for one in scene.project.of(Source) if (one.source_name, one.name) == names), None
    )
    if source is None or not model.path.endswith(".sql"):
        return
    staging = [
        one
        for one in scene.project.of(Model)
        if one.package_name == model.package_name
        and one.depends_on == (source.unique_id,)
        and scene.layers.may_read(scene.layers.of(one), source)
        and scene.layers.may_read(scene.layers.of(model), one)
    ]
    if len(staging) != 1:
        several = f"it has {len(staging)} staging models" if staging else "it has no staging model"
        raise SuggestedError(several)
    call = re.compile(
        r"\bsource\(\s*([\"'])" + re.escape(names[0]) + r"\1\s*,\s*([\"'])"
        + re.escape(names[1]) + r"\2\s*\)"
    )  # fmt: skip
    text = scene.text(model.path)
    for found in call.finditer(text):
        new = f"ref({found[1]}{staging[0].name}{found[1]})"
        yield ReplaceText(model.path, found.start(), found[0], new)
