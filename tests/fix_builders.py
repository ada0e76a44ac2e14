"""A project, what one rule finds in it, and what `check --fix` makes of that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from platform_cli.cli import run
from platform_cli.conventions.fix import load_fix
from tests.small_project import FILES, write_project

NOT_READ = ("target", ".git")


class Fixed:
    """The files that changed (None: gone) and the findings of all rules, before and after."""

    def __init__(
        self,
        changed: dict[str, str | None],
        before: list[dict[str, Any]],
        after: list[dict[str, Any]],
    ) -> None:
        self.changed = changed
        self.before = before
        self.after = after

    def left(self, rule: str) -> list[str]:
        """What the rule still finds, with its help."""
        return [f"{one['message']}\n{one['help']}" for one in self.after if one["rule"] == rule]


def built(root: Path, sql: str) -> None:
    """The database of the project, with what this makes in it."""
    with duckdb.connect(str(root / "shop.duckdb")) as connection:
        connection.execute(sql)


def fix(
    capsys: pytest.CaptureFixture[str],
    root: Path,
    rule: str,
    changes: Mapping[str, str | None],
    *,
    settings: str = "",
    sql: str = "",
) -> Fixed:
    """Fix the findings of one rule alone, twice.

    Holds every fix to what fixes promise: --diff writes nothing, what was fixed is gone, no error
    is new, what was not touched is there byte for byte, and the second time changes nothing.
    """
    assert load_fix(rule) is not None
    write_project(root, {"platform.yml": settings, **changes})
    if sql:
        built(root, sql)
    first = _texts(root)
    before = _check(capsys, root)
    assert any(one["rule"] == rule for one in before)
    run(["-C", str(root), "check", "--diff"])
    assert _texts(root) == first
    capsys.readouterr()
    after = _check(capsys, root, "--fix")
    second = _texts(root)
    assert _check(capsys, root) == [
        one | {"help": (one["help"] or "").split("\nnot fixed:")[0] or None} for one in after
    ]
    assert not [
        one for one in after if one["severity"] == "error" and _key(one) not in _all(before)
    ]
    _check(capsys, root, "--fix")
    assert _texts(root) == second
    changed = {
        path: second.get(path)
        for path in first.keys() | second.keys()
        if first.get(path) != second.get(path)
    }
    return Fixed(changed, before, after)


def _check(capsys: pytest.CaptureFixture[str], root: Path, *more: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    run(["-C", str(root), "check", "--output-format", "json", *more])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return [
        {key: one[key] for key in ("rule", "severity", "message", "help", "resource")}
        for one in found
    ]


def _key(one: dict[str, Any]) -> tuple[str, str]:
    return one["rule"], one["message"]


def _all(found: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """The findings, and the ones that may come where a model had no entry before."""
    keys = {_key(one) for one in found}
    if any(one["rule"] == "model-has-yaml-entry" for one in found):
        keys |= {("model-has-description", "no description")}
    return keys


def _texts(root: Path) -> dict[str, str | None]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.relative_to(root).parts[0] not in NOT_READ
        and path.suffix != ".duckdb"
    }


def described(path: str, old: str, new: str) -> dict[str, str | None]:
    """One of the small project's files with a part replaced."""
    assert old in FILES[path]
    return {path: FILES[path].replace(old, new)}
