"""Every rule there is for a project: ours, and its own."""

from __future__ import annotations

from pathlib import Path

from platform_cli.conventions.own_files import CHECKS, RULES
from platform_cli.conventions.rule import Rule, load_rules
from platform_cli.errors import PlatformError, Where


def all_rules(root: Path | None) -> tuple[Rule, ...]:
    """Our rules, those in the project's `rules/`, and its SQL checks; without a project ours.

    Raises PlatformError for a file that cannot be read, and for two rules of one name.
    """
    ours = load_rules()
    if root is None:
        return ours
    found = ours
    if (root / RULES).is_dir():
        from platform_cli.conventions.own_rules import own_rules

        found += _of_other_names(own_rules(root / RULES), {one.name for one in ours})
    if (root / CHECKS).is_dir():
        from platform_cli.conventions.sql_checks import sql_checks

        found += sql_checks(root, {one.name for one in found})
    return found


def _of_other_names(own: tuple[Rule, ...], taken: set[str]) -> tuple[Rule, ...]:
    for one in own:
        if one.name in taken:
            raise PlatformError(
                f"there is a rule {one.name} already, it comes with the platform",
                where=Where(f"{RULES}/{one.function.__name__}.py"),
                hint="give yours another name; settings and severity of ours: platform.yml",
            )
    return own
