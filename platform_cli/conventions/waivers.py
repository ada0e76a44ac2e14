"""Exemptions that end: a rule waived by the owner of a resource, with a reason and a last day.

They stand in the resource's own YAML, under `config.meta`:

    platform:
      waive:
        model-has-primary-key: {reason: "event log without a key", until: 2027-01-31, owner: growth}
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from platform_cli.conventions.rule import Violation
from platform_cli.errors import did_you_mean
from platform_cli.project.resources import AnyResource

INCOMPLETE = "waiver-has-owner-reason-expiry"
USELESS = "unused-or-expired-waiver"


class Waiver(Struct, frozen=True):
    """One rule waived for one resource, until the end of the day `until`."""

    rule: str
    reason: str
    until: date
    owner: str


class WaiversOfResource(Struct, frozen=True):
    """The waivers that hold, and what is wrong with the others (by name of the finding)."""

    holding: dict[str, Waiver]
    violations: tuple[tuple[str, Violation], ...]


def waivers_of(
    resource: AnyResource, rules: Collection[str], today: date, max_days: int
) -> WaiversOfResource:
    """The waivers in the YAML of a resource; `rules` are the names that can be waived."""
    written = _written(resource)
    if not written:
        return WaiversOfResource({}, ())
    if not isinstance(written, dict):
        wrong = Violation("`waive` is not a mapping of rules", help=_form("RULE"))
        return WaiversOfResource({}, ((INCOMPLETE, wrong),))
    holding: dict[str, Waiver] = {}
    violations: list[tuple[str, Violation]] = []
    for name, terms in written.items():
        if complaints := list(_complaints(str(name), terms, rules, today, max_days)):
            violations += complaints
        else:
            until = _day(terms["until"])
            assert until is not None  # noqa: S101  (one of the complaints)
            holding[name] = Waiver(name, str(terms["reason"]), until, str(terms["owner"]))
    return WaiversOfResource(holding, tuple(violations))


def unused(waivers: Iterable[Waiver]) -> Iterator[tuple[str, Violation]]:
    """The findings for waivers that nothing needed."""
    for waiver in waivers:
        message = f"the waiver for {waiver.rule} is not needed: the rule finds nothing here"
        yield USELESS, Violation(message, help="delete it")


def _written(resource: AnyResource) -> Any:
    for meta in (resource.config.get("meta"), resource.meta):
        platform = meta.get("platform") if isinstance(meta, dict) else None
        if isinstance(platform, dict) and platform.get("waive"):
            return platform["waive"]
    return None


def _complaints(
    name: str, terms: Any, rules: Collection[str], today: date, max_days: int
) -> Iterator[tuple[str, Violation]]:
    if name not in rules:
        near = did_you_mean(name, rules) or "`platform rules` lists them"
        yield INCOMPLETE, Violation(f"waiver for a rule that does not exist: {name!r}", help=near)
        return
    terms = terms if isinstance(terms, dict) else {}
    if missing := [part for part in ("reason", "until", "owner") if not terms.get(part)]:
        message = f"the waiver for {name} has no {' and no '.join(missing)}"
        yield INCOMPLETE, Violation(message, help=_form(name))
        return
    until = _day(terms["until"])
    if until is None:
        message = f"the waiver for {name} ends on no day: {terms['until']!r}"
        yield INCOMPLETE, Violation(message, help="write the last day as 2027-01-31")
    elif until < today:
        message = f"the waiver for {name} ended on {until}"
        yield USELESS, Violation(message, help="mend the finding, or renew the waiver")
    elif until > (last := today + timedelta(days=max_days)):
        message = f"the waiver for {name} ends on {until}, more than {max_days} days ahead"
        yield INCOMPLETE, Violation(message, help=f"the latest day today is {last}")


def _day(value: Any) -> date | None:
    """The day of a YAML date or of text in ISO form; the cache keeps dates as text."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _form(name: str) -> str:
    return f'write `{name}: {{reason: "...", until: 2027-01-31, owner: GROUP}}`'
