"""The rules that a command which lists them is about: a project's, or ours outside of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from platform_cli.conventions.all_rules import all_rules
from platform_cli.errors import PlatformError
from platform_cli.project.locate import locate

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.conventions.rule import Rule


def known_rules(session: Session) -> tuple[Rule, ...]:
    """Ours and, where a dbt project is found, its own.

    Raises PlatformError when one of the project's own cannot be read.
    """
    try:
        root = locate(session.directory)
    except PlatformError:
        root = None
    return all_rules(root)
