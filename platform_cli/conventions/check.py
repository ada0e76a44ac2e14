"""Rules times resources, as findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from platform_cli.config import Check
from platform_cli.conventions.baseline import Baseline, Fingerprint
from platform_cli.conventions.earlier import Earlier
from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.file_problems import file_problems
from platform_cli.conventions.place import Places
from platform_cli.conventions.rule import Violation
from platform_cli.conventions.rule_run import Found, RuleRun, in_order
from platform_cli.conventions.rules_in_use import RuleInUse
from platform_cli.conventions.sieve import outlived_entries, sift
from platform_cli.conventions.sight import Sight
from platform_cli.conventions.unclear import unclear
from platform_cli.conventions.waivers import Terms, Waivers
from platform_cli.conventions.waivers_in_file import not_read, waivers_in_file
from platform_cli.conventions.waivers_in_sql import waivers_in_sql
from platform_cli.conventions.waivers_in_yaml import waivers_in_yaml
from platform_cli.errors import Where
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, DataTest, Operation, UnitTest
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings, NotTold, Waived
from platform_cli.style.many import Progress

NOT_CHECKED = (DataTest, UnitTest, Operation)
"""What belongs to another resource, and is no resource a rule would name."""


class Checked(Struct, frozen=True):
    """What was found, and what a baseline is made of.

    `new` are the findings that the baseline does not have, `kept` the entries it still needs.
    `environment` are the variables that SQL and checks asked for, as fingerprints.
    """

    findings: Findings
    new: tuple[Fingerprint, ...]
    kept: dict[Fingerprint, int]
    environment: dict[str, bytes]
    styled: tuple[str, ...] = ()
    """The folders whose settings of sqlfluff were looked for."""
    style_settings: bytes = b""
    """A fingerprint of these settings, as they were read."""


def check(project: Project, rules: Sequence[RuleInUse], settings: Check, **more: Any) -> Findings:
    """The findings of `examine`, with the same arguments."""
    return examine(project, rules, settings, **more).findings


def examine(
    project: Project,
    rules: Sequence[RuleInUse],
    settings: Check,
    *,
    today: date,
    selected: Collection[str] | None = None,
    earlier: Earlier | None = None,
    known: Collection[str] = (),
    baseline: Baseline | None = None,
    home: Path | None = None,
    progress: Progress | None = None,
) -> Checked:
    """What the rules find in the project's own resources, and what its files themselves say.

    Resources of installed packages, disabled ones and ignored files are not looked at. `selected`
    limits it to these unique ids; `earlier` is what rules about changes compare with. A rule that
    raises is in `failures`; the others go on. `known` are the names of all rules, those that are
    off as well. `home` is the project's own folder when it is read from another;
    `progress` is told of the files that take long.

    Raises PlatformError when waivers.yml cannot be read, or sqlfluff's settings.
    """
    own = _to_check(project, settings)
    chosen = [one for one in own if selected is None or one.unique_id in selected]
    mute = unclear(chosen, project)
    resources = [one for one in chosen if one.unique_id not in mute]
    last = [one for one in rules if one.rule.sees is Exemptions]
    run = RuleRun(project, Layers(settings.layers, project.model_paths))
    run.earlier, run.home, run.progress = earlier, home, progress
    run.selected = None if selected is None else frozenset(selected)
    run.undecided += [NotTold("every rule", unique_id, why) for unique_id, why in mute.items()]
    run.silent |= {("every rule", unique_id) for unique_id in mute}
    for one in in_order(rules):
        if one not in last:
            run.apply(one, resources)
    for kept in (run.queries, run.styles):
        if kept is not None:
            kept.keep()

    sight = Sight(
        project=project,
        resources={one.unique_id for one in resources},
        rules={one.rule.name for one in rules if one not in last},
        known={*known, *settings.rules, *(one.rule.name for one in rules)},
        locked=settings.locked,
        silent=run.silent,
        whole=selected is None,
    )
    places = Places(project.root)
    written = (
        *waivers_in_yaml(own, places),
        *waivers_in_sql(own, project.waiving, project.root),
        *waivers_in_file(project.root, own),
    )
    refused = dict.fromkeys((one.rule.name for one in last), "it is about the waivers themselves")
    refused |= dict.fromkeys(settings.locked, "platform.yml has it in `locked`")
    waivers = Waivers(written, Terms(sight.known, refused, today, settings.waivers.max_days))
    found, waived = _split(run.found, waivers, places)

    problems = list(file_problems(project, settings, selected))
    # What dbt stops at is no old habit that the project could grow out of.
    stops = [one for one in problems if one.severity == "error"]
    others = [one for one in problems if one.severity != "error"]
    keys = [Fingerprint(one.name, one.resource, one.message) for one in others]
    keys += [one.fingerprint for one in found]
    sifted = sift(baseline or Baseline(), keys, sight)

    run.exemptions = Exemptions(
        not_holding=(*_of(sight, waivers.not_holding), *not_read(project)),
        not_needed=(*_of(sight, waivers.ended), *waivers.unused(sight)),
        outlived=tuple(outlived_entries(sifted.outlived, sight)),
    )
    run.found = []
    for one in last:
        run.apply(one, resources)
    new = sifted.new
    diagnostics = [
        *stops,
        *(others[number] for number in new if number < len(others)),
        *(
            _diagnostic(places, found[n - len(others)], sifted.kept.get(keys[n], 0))
            for n in new
            if n >= len(others)
        ),
        *(_diagnostic(places, one) for one in run.found),
    ]
    findings = Findings(
        diagnostics=tuple(sorted(diagnostics, key=_order)),
        resources=len(resources),
        rules=len(rules),
        waived=tuple(waived),
        baseline=len(keys) - len(new),
        undecided=tuple(run.undecided),
        failures=tuple(run.failures),
    )
    return Checked(
        findings,
        new=tuple(keys[number] for number in new),
        kept=dict(sifted.kept),
        environment=run.environment,
        styled=run.styles.folders if run.styles else (),
        style_settings=run.styles.settings if run.styles else b"",
    )


def _to_check(project: Project, settings: Check) -> list[AnyResource]:
    found: list[AnyResource] = [
        resource
        for resource in (*project.resources.values(), *project.macros.values())
        if not isinstance(resource, NOT_CHECKED)
        and resource.package_name == project.name
        and resource.enabled
    ]
    if not settings.ignore:
        return found
    from pathspec import PathSpec

    ignored = PathSpec.from_lines("gitwildmatch", settings.ignore)
    return [one for one in found if not ignored.match_file(one.path)]


def _of(sight: Sight, violations: Iterable[Violation]) -> Iterator[Violation]:
    """Those that are about what was asked for, or about no single resource."""
    return (one for one in violations if not one.of or one.of in sight.resources)


def _split(
    found: Iterable[Found], waivers: Waivers, places: Places
) -> tuple[list[Found], list[Waived]]:
    """The findings that nobody has waived, and those that somebody has."""
    left, waived = [], []
    for one in found:
        name = one.rule.rule.name
        if one.resource:
            waiver = waivers.use(name, one.resource.unique_id)
        else:
            waiver = waivers.use(name, "", places.of(one.violation, None).path)
        if waiver is None:
            left.append(one)
        else:
            terms = waiver.until, waiver.owner, waiver.reason, waiver.where
            waived.append(Waived(_diagnostic(places, one), *terms))
    return left, waived


def _diagnostic(places: Places, found: Found, old: int = 0) -> Diagnostic:
    """The finding with its place; `old` ones of its kind are in the baseline."""
    violation, resource = found.violation, found.resource
    hint = violation.help
    if old:
        hint += f"\nthe baseline has {old} like it here; it may be another one of them that is new"
    return Diagnostic(
        message=violation.message,
        severity=found.rule.severity,
        name=found.rule.rule.name,
        where=places.of(violation, resource),
        help=hint.strip(),
        resource=resource.unique_id if resource else "",
        anchor=violation.anchor,
    )


def _order(one: Diagnostic) -> tuple[str, int, int, str, str]:
    where = one.where or Where("")
    return where.path, where.line or 0, where.column or 0, one.name, one.message
