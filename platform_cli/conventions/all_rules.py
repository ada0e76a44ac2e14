"""Every rule there is for a project: ours, and its own."""

from __future__ import annotations

from pathlib import Path

from platform_cli.conventions.own_rules import FOLDER, own_rules
from platform_cli.conventions.rule import Rule, load_rules
from platform_cli.errors import PlatformError, Where

CHECKS = "checks"
"""The folder of the SQL checks, beside dbt_project.yml."""


def all_rules(root: Path | None) -> tuple[Rule, ...]:
    """Our rules, those in the project's `rules/`, and its SQL checks; without a project ours.

    Raises PlatformError for a file that cannot be read, and for two rules of one name.
    """
    ours = load_rules()
    if root is None:
        return ours
    known = {one.name for one in ours}
    own = own_rules(root)
    for one in own:
        if one.name in known:
            place = f"{FOLDER}/{one.function.__name__}.py"
            raise PlatformError(
                f"there is a rule {one.name} already, it comes with the platform",
                where=Where(place),
                hint="give yours another name; settings and severity of ours: platform.yml",
            )
    if not (root / CHECKS).is_dir():
        return (*ours, *own)
    from platform_cli.conventions.sql_checks import sql_checks

    return (*ours, *own, *sql_checks(root, {one.name for one in (*ours, *own)}))
