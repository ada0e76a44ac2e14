"""`check --fix` and `check --diff`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
import msgspec
from msgspec.structs import asdict

from platform_cli.commands._paths import from_here
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from platform_cli.commands._session import Session
    from platform_cli.conventions.mend import Mended
    from platform_cli.conventions.rules_in_use import RuleInUse
    from platform_cli.project.layers import Layers
    from platform_cli.project.project import Project


class Fixing(msgspec.Struct, frozen=True):
    """What fixing needs to know of the check before it."""

    project: Project
    rules: Sequence[RuleInUse]
    layers: Layers
    check: Callable[[Project], Findings]


def fix(findings: Findings, fixing: Fixing, session: Session, *, talk: bool) -> Findings:
    """Mend what can be mended, say so (on stderr unless `talk`), and return what is left.

    Raises PlatformError, and writes nothing, when a file changed meanwhile or cannot be written.
    """
    from platform_cli.project.edits.write import write_changes
    from platform_cli.reporting.fixes_as_text import fixed_summary, fixes_as_text

    mended = _mended(findings, fixing)
    root = fixing.project.root
    write_changes(root, mended.changes)
    if mended.changes:
        text = fixes_as_text(mended.changes, mended.files, folder=from_here(root), with_diff=False)
        click.echo(f"{text}\n" if talk else text, err=not talk)
    if session.verbosity >= 0:
        files = len(mended.changes)
        click.echo(fixed_summary(len(mended.fixed), files, written=True), err=True)
    return _left(mended)


def show(findings: Findings, fixing: Fixing, session: Session) -> Findings:
    """Print what `fix` would write, and return what would be left."""
    from platform_cli.reporting.fixes_as_text import fixed_summary, fixes_as_text

    mended = _mended(findings, fixing)
    folder = from_here(fixing.project.root)
    if mended.changes:
        click.echo(fixes_as_text(mended.changes, mended.files, folder=folder, with_diff=True))
    if session.verbosity >= 0:
        files = len(mended.changes)
        click.echo(fixed_summary(len(mended.fixed), files, written=False), err=True)
    return _left(mended)


def _mended(findings: Findings, fixing: Fixing) -> Mended:
    from platform_cli.commands._engine import DuckDbEngine
    from platform_cli.conventions.mend import mend
    from platform_cli.project.project import Project

    project = fixing.project
    known = {one.rule.name: one.rule for one in fixing.rules}
    return mend(
        project,
        findings,
        fixes=lambda name: known[name].mended_by() if name in known else None,
        rules=fixing.rules,
        layers=fixing.layers,
        engine=DuckDbEngine(project),
        load=lambda folder: Project.load(folder, **asdict(project.request)),
        check=fixing.check,
    )


def _left(mended: Mended) -> Findings:
    """The findings that are left; where a fix was tried, with the reason why it is not made."""
    left = tuple(_explained(one, mended) for one in mended.findings.diagnostics)
    return msgspec.structs.replace(mended.findings, diagnostics=left)


def _explained(one: Diagnostic, mended: Mended) -> Diagnostic:
    from platform_cli.conventions.fix_verdict import key_of

    reason = mended.suggested.get(key_of(one))
    if reason is None:
        return one
    return replace(one, help="\n".join(filter(None, [one.help, f"not fixed: {reason}"])))
