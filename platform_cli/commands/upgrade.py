"""Bring what the platform has written into this project to the version that is installed.

Section: Set up
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli import __version__
from platform_cli.commands._writing import Planned, carry_out, take_wish, writing_options
from platform_cli.errors import ExitCode, PlatformError
from platform_cli.project.locate import locate

if TYPE_CHECKING:
    from platform_cli.commands._session import Session


@click.command()
@writing_options
@click.pass_obj
def upgrade(session: Session, /, **given: Any) -> ExitCode:
    """Bring what the platform has written into this project to the version that is installed.

    That is the macros package in local_packages/, the lines that hand snapshots over to it, and the
    marked part of the workflow; platform.lock has the version and what was written. A file that you
    edited is kept where nothing new comes for it; else it is a conflict, which is shown, and then
    nothing is written. Returns 1 on a conflict.

    \b
    Examples:
      platform upgrade --dry-run
      platform upgrade
      platform upgrade --check
    """
    from platform_cli.project.edits.drafts import Change
    from platform_cli.scaffold.adoption.files import text_of
    from platform_cli.scaffold.adoption.renewal import renewal
    from platform_cli.scaffold.adoption.surroundings import surroundings
    from platform_cli.scaffold.adoption.vendored import (
        LOCK,
        PACKAGE_FOLDER,
        lock_text,
        read_lock,
    )

    wish = take_wish(given)
    root = locate(session.directory)
    lock = read_lock(root)
    if lock is None:
        raise PlatformError(
            f"nothing here was written by the platform: there is no {LOCK}",
            hint="platform init brings the platform into this project",
        )
    found = renewal(root, lock, surroundings(root))
    changes = list(found.changes)
    present, text = text_of(root, LOCK), lock_text(found.files)
    if present != text:
        changes.append(Change(LOCK, present, text))
    same = lock.platform == __version__
    versions = f"{__version__}, as before" if same else f"{lock.platform} -> {__version__}"
    notes = [f"platform {versions}"]
    notes += [f"you edited {one.path}: it stays" for one in found.untouched if one.verb == "kept"]
    conflicts = [one.path for one in found.untouched if one.verb == "conflict"]
    if conflicts:
        notes.append(
            f"you edited {conflicts[0]}, and this version changes it: put your own macro into"
            " macros/, delete the file, and run this again to get the new one"
        )
    if session.verbosity >= 0:
        for note in notes:
            click.echo(f"note: {note}", err=True)
    planned = Planned(
        changes=changes,
        words={},
        details={
            "from": lock.platform,
            "to": __version__,
            "notes": notes,
            "untouched": [{"path": one.path, "verb": one.verb} for one in found.untouched],
        },
        then=f"read {PACKAGE_FOLDER}/CHANGELOG.md; platform build",
        untouched=found.untouched,
        together=[f"{PACKAGE_FOLDER}/", LOCK],
    )
    return carry_out(root, planned, wish, session)
