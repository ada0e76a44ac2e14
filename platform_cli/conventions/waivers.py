"""Exemptions that end: a rule waived by an owner, with a reason and a last day.

Where they may stand: `waivers_in_yaml.py`, `waivers_in_sql.py`, `waivers_in_file.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from platform_cli.conventions.rule import Violation
from platform_cli.conventions.sight import Sight
from platform_cli.conventions.written_waiver import LAST_DAY, WrittenWaiver
from platform_cli.errors import Where, did_you_mean


class Terms(Struct, frozen=True):
    """What waivers are held to."""

    rules: Collection[str]
    """The names that exist."""
    refused: Mapping[str, str]
    """Names that nobody can waive, each with the reason."""
    today: date
    max_days: int

    @property
    def latest(self) -> date:
        """The last day that a waiver may have today."""
        return self.today + timedelta(days=self.max_days)


class Waiver(Struct, frozen=True, eq=False):
    """One rule waived, until the end of the day `until`."""

    rule: str
    reason: str
    until: date
    owner: str
    written: WrittenWaiver

    @property
    def where(self) -> Where:
        """The place of the waiver itself."""
        return self.written.place()


class Waivers:
    """The waivers of a project: those that hold, and what is wrong with the others."""

    def __init__(self, written: Iterable[WrittenWaiver], terms: Terms) -> None:
        """Of several for one rule and resource the first holds."""
        self.not_holding: list[Violation] = []
        self.ended: list[Violation] = []
        self._holding: list[Waiver] = []
        self._by_resource: dict[tuple[str, str], Waiver] = {}
        self._by_rule: dict[str, list[Waiver]] = defaultdict(list)
        self._used: set[int] = set()
        for one in written:
            self._judge(one, terms)

    def use(self, rule: str, resource: str, path: str = "") -> Waiver | None:
        """The waiver of this rule for this resource, which is then needed.

        A finding of no resource is waived by the path of its file.
        """
        if resource:
            found = self._by_resource.get((rule, resource))
        else:
            covering = (one for one in self._by_rule[rule] if one.written.covers_path(path))
            found = next(covering, None)
        if found is not None:
            self._used.add(id(found))
        return found

    def unused(self, sight: Sight) -> Iterator[Violation]:
        """What to say of waivers that nothing needed, as far as the check can tell."""
        for one in self._holding:
            covered = one.written.resources
            told = all(sight.tells(one.rule, each) for each in covered or ("",))
            if id(one) in self._used or not told:
                continue
            why = "the rule finds nothing here" if covered else "no resource is named like that"
            yield Violation(
                f"the waiver for {one.rule} is not needed: {why}",
                at=one.where,
                help="delete it",
                of=covered[0] if len(covered) == 1 else "",
            )

    def _judge(self, one: WrittenWaiver, terms: Terms) -> None:
        of = one.resources[0] if len(one.resources) == 1 else ""
        if (until := _day(one.terms.get("until"))) and until < terms.today and not one.unclear:
            message = f"the waiver for {one.rule} ended on {until}"
            hint = "mend the finding, or renew the waiver"
            self.ended.append(Violation(message, at=one.place(), help=hint, of=of))
        elif wrong := _wrong(one, until, terms):
            message, hint = wrong
            self.not_holding.append(Violation(message, at=one.place(), help=hint, of=of))
        elif until is not None:
            reason, owner = str(one.terms["reason"]), str(one.terms["owner"])
            waiver = Waiver(one.rule, reason, until, owner, one)
            self._holding.append(waiver)
            self._by_rule[one.rule].append(waiver)
            for resource in one.resources:
                self._by_resource.setdefault((one.rule, resource), waiver)


def _wrong(one: WrittenWaiver, until: date | None, terms: Terms) -> tuple[str, str] | None:
    """Why the waiver does not hold, and what to do."""
    wrong = _wrong_rule(one, terms) or _wrong_terms(one, until, terms)
    return wrong and (wrong[0], wrong[1].replace(LAST_DAY, str(terms.latest)))


def _wrong_rule(one: WrittenWaiver, terms: Terms) -> tuple[str, str] | None:
    name = one.rule
    if one.unclear:
        return one.unclear, f"write {one.form}"
    if name not in terms.rules:
        near = did_you_mean(name, terms.rules) or "`platform rules` lists them"
        return f"waiver for a rule that does not exist: {name!r}", near
    if name in terms.refused:
        return f"{name} cannot be waived: {terms.refused[name]}", "delete the waiver"
    return None


def _wrong_terms(one: WrittenWaiver, until: date | None, terms: Terms) -> tuple[str, str] | None:
    name = one.rule
    missing = [part for part in ("reason", "until", "owner") if not one.terms.get(part)]
    if missing:
        return f"the waiver for {name} has no {' and no '.join(missing)}", f"write {one.form}"
    if until is None:
        message = f"the waiver for {name} ends on no day: {one.terms['until']!r}"
        return message, f"write the last day as {LAST_DAY}"
    if until > terms.latest:
        days = terms.max_days
        message = f"the waiver for {name} ends on {until}, more than {days} days ahead"
        return message, f"the latest day today is {terms.latest}"
    return None


def _day(value: Any) -> date | None:
    """The day of a YAML date or of text in ISO form; the cache keeps dates as text."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
