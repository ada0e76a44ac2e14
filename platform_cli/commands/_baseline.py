"""Write the baseline of a check: what is found today, or less than before."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from platform_cli.conventions.baseline import Baseline, Fingerprint, write_baseline
from platform_cli.conventions.check import Checked
from platform_cli.conventions.own_files import BASELINE
from platform_cli.conventions.sieve import baseline_of
from platform_cli.conventions.unread import hiding
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.project import Project


def written(
    root: Path,
    project: Project,
    checked: Checked,
    old: Baseline | None,
    *,
    locked: tuple[str, ...],
    grow: bool,
) -> Baseline:
    """The baseline after this check, written; says on stderr what it holds and what not.

    The first one holds everything; a later one loses what is not needed, and gains only when it
    may `grow`. Findings of `locked` rules are in none.

    Raises PlatformError when a rule failed, a file of the project cannot be read although there is
    a baseline already, or the file cannot be written.
    """
    if failures := checked.findings.failures:
        raise PlatformError(
            f"no baseline is written: the rule {failures[0].rule} failed ({failures[0].reason})",
            hint="mend the rule, or set it to off in platform.yml",
            exit_code=ExitCode.ENVIRONMENT,
        )
    unread = hiding(project)
    if old is not None and unread is not None:
        raise PlatformError(
            f"no baseline is written while a file cannot be read: {unread.message}",
            where=unread.where,
            hint="mend it first: what is wrong behind it would seem to be mended",
        )
    new = [one for one in checked.new if one.rule not in locked]
    entries = Counter[Fingerprint](checked.kept)
    if old is None or grow:
        entries.update(new)
    baseline = baseline_of(entries, old.sketches if old else {}, project)
    write_baseline(root, baseline)
    click.echo(_said(old, baseline, len(new), grow=grow), err=True)
    return baseline


def _said(old: Baseline | None, baseline: Baseline, new: int, *, grow: bool) -> str:
    held = sum(baseline.entries.values())
    text = f"{BASELINE} holds {held} {'finding' if held == 1 else 'findings'}"
    if old is None:
        return f"{text}; from now on it only shrinks"
    before = sum(old.entries.values())
    text += f" ({before} before)"
    if new and not grow:
        text += f"; {new} new not added: it only shrinks, unless with --grow-baseline"
    return text
