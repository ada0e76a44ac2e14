"""Test snapshots: batches in, history out, as written in YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from platform_cli.commands._project import project_options

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.errors import ExitCode


@click.command()
@click.argument("names", metavar="[SNAPSHOT]...", nargs=-1)
@click.option("-k", "keyword", metavar="TEXT", help="Only tests with this text in their name.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@project_options
@click.pass_obj
def test(session: Session, /, names: tuple[str, ...], **given: Any) -> ExitCode:
    """Test snapshots: batches in, history out, as written in YAML.

    A test lies in a file of the folder snapshot_tests. It gives the rows that the snapshot's
    query returns at some times, and the history that must come of them. The engine and the
    snapshot's configuration are the real ones; the database is in memory, and yours is not
    opened. Exit code 1: a test failed; 2: a test is written wrongly.

    \b
    Examples:
      platform snapshot test
      platform snapshot test snp_airports -k withdrawn
    """
    from platform_cli.commands._snapshot._test import run_tests

    return run_tests(session, names, given)
