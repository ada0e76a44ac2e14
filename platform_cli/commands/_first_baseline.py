"""The baseline of a project that gets its rules today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from platform_cli.config import load_config
from platform_cli.conventions.baseline import write_baseline
from platform_cli.conventions.checker import Checker
from platform_cli.conventions.own_files import BASELINE
from platform_cli.conventions.sieve import baseline_of
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.edits.drafts import Change
from platform_cli.project.edits.stage import staged
from platform_cli.project.request import Request


class FirstBaseline(NamedTuple):
    """The file, how many findings it holds, and what is an error in spite of it."""

    change: Change
    held: int
    left: tuple[str, ...]


def first_baseline(root: Path, request: Request, changes: Sequence[Change]) -> FirstBaseline:
    """What `check` would find after these changes, as the text of a baseline; nothing is written.

    Raises PlatformError when a rule fails.
    """
    inside = [one for one in changes if not one.path.startswith("../")]
    with staged(root, inside) as stage:
        checker = Checker(stage, request, load_config(stage).check)
        checked = checker.examine()
        if failures := checked.findings.failures:
            raise PlatformError(
                f"no baseline can be made: the rule {failures[0].rule} failed"
                f" ({failures[0].reason})",
                hint="nothing was written; set the rule to off in a platform.yml of your own",
                exit_code=ExitCode.ENVIRONMENT,
            )
        locked = checker.settings.locked
        entries = Counter(one for one in checked.new if one.rule not in locked)
        write_baseline(stage, baseline_of(entries, {}, checker.project))
        text = (stage / BASELINE).read_text(encoding="utf-8")
        again = Checker(stage, request, checker.settings)
        left = [one for one in again.examine().findings.diagnostics if one.severity == "error"]
    said = tuple(f"{one.name}: {one.message}" for one in left)
    return FirstBaseline(Change(BASELINE, None, text), sum(entries.values()), said)
