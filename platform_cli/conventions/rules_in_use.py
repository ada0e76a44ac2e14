"""The rules with what the project's settings say about them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import msgspec
from msgspec import Struct

from platform_cli.config import Check, RuleSeverity, setting_place
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
    """The rules that are not off: the preset's severities, but for what `rules` says.

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
    for key, names in (("rules", check.rules), ("locked", check.locked)):
        for name in names:
            if name not in by_name:
                raise PlatformError(
                    f"there is no rule {name!r}",
                    hint=did_you_mean(name, by_name) or "`platform rules` lists them",
                    where=setting_place(project, "check", key, name),
                )
    found = (rule_in_use(rule, check, project) for rule in by_name.values())
    return tuple(one for one in found if one is not None)


def rule_in_use(rule: Rule, check: Check, project: Path) -> RuleInUse | None:
    """The rule with its severity and settings; None when it is off.

    Raises PlatformError for a setting as `rules_in_use` does.
    """
    wish = check.rule(rule.name)
    values = _values(rule, wish.settings, project)
    severity = wish.severity or _of_preset(rule, check)
    return RuleInUse(rule, severity, values) if severity != "off" else None


def _of_preset(rule: Rule, check: Check) -> RuleSeverity:
    """What holds when nobody says a severity. A principle and no table: rules come and go."""
    named = rule.name in check.locked or rule.name in check.rules
    if check.preset == "strict":
        return "error" if rule.severity == "warn" else rule.severity
    if rule.opt_in and not named:
        return "off"
    if check.preset == "minimal" and rule.severity != "error" and rule.name not in check.locked:
        return "off"
    return rule.severity


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
