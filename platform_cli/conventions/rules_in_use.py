"""The rules with what the project's settings say about them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import Struct

from platform_cli.config import Check, setting_place
from platform_cli.conventions.rule import Rule, Setting
from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.problem import Kind
from platform_cli.reporting.diagnostic import Severity


class RuleInUse(Struct, frozen=True):
    """A rule that is on, with its severity and the values of its settings in this project."""

    rule: Rule
    severity: Severity
    settings: dict[str, Any]


def rules_in_use(rules: Iterable[Rule], check: Check, project: Path) -> tuple[RuleInUse, ...]:
    """The rules that are not off.

    Raises PlatformError for a rule, a setting or a sort of problem that does not exist (with near
    names) and for a value of the wrong type, each with its place in `platform.yml`.
    """
    for kind in check.problems:
        if kind not in get_args(Kind):
            raise PlatformError(
                f"there is no sort of problem named {kind!r}",
                hint=did_you_mean(kind, get_args(Kind)) or f"known: {', '.join(get_args(Kind))}",
                where=setting_place(project, "check", "problems", kind),
            )
    by_name = {rule.name: rule for rule in rules}
    for name in check.rules:
        if name not in by_name:
            raise PlatformError(
                f"there is no rule {name!r}",
                hint=did_you_mean(name, by_name) or "`platform rules` lists them",
                where=setting_place(project, "check", "rules", name),
            )
    found = []
    for rule in by_name.values():
        if rule.opt_in and rule.name not in check.rules:
            continue
        wish = check.rule(rule.name)
        if wish.severity != "off":
            values = _values(rule, wish.settings, project)
            found.append(RuleInUse(rule, wish.severity or rule.severity, values))
    return tuple(found)


def _values(rule: Rule, wishes: dict[str, Any], project: Path) -> dict[str, Any]:
    known = {setting.name: setting for setting in rule.settings}
    for name in wishes:
        if name not in known:
            raise PlatformError(
                f"rule {rule.name} has no setting {name!r}",
                hint=did_you_mean(name, known)
                or (f"it has {', '.join(known)}" if known else "it has no settings"),
                where=setting_place(project, "check", "rules", rule.name, name),
            )
    return {
        name: _value(rule, setting, wishes[name], project) if name in wishes else setting.default
        for name, setting in known.items()
    }


def _value(rule: Rule, setting: Setting, wish: Any, project: Path) -> Any:
    try:
        return msgspec.convert(wish, setting.type)
    except msgspec.ValidationError as error:
        raise PlatformError(
            f"setting {setting.name!r} of rule {rule.name}: {error}",
            hint=f"its default is {setting.default!r}",
            where=setting_place(project, "check", "rules", rule.name, setting.name),
        ) from None
