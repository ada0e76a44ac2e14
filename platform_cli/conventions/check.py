"""Rules times resources, as findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field

from platform_cli.config import Check
from platform_cli.conventions.place import Places
from platform_cli.conventions.rule import UndecidedError, Violation
from platform_cli.conventions.rules_in_use import RuleInUse
from platform_cli.conventions.waivers import INCOMPLETE, USELESS, Waiver, unused, waivers_of
from platform_cli.errors import Where
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, DataTest, Operation, UnitTest
from platform_cli.reporting.diagnostic import Diagnostic, Severity
from platform_cli.reporting.findings import Findings, NotTold

WAIVER_SEVERITY: dict[str, Severity] = {INCOMPLETE: "error", USELESS: "warn"}
NOT_CHECKED = (DataTest, UnitTest, Operation)
"""What belongs to another resource, and is no resource a rule would name."""


def check(
    project: Project,
    rules: Sequence[RuleInUse],
    settings: Check,
    *,
    today: date,
    selected: Collection[str] | None = None,
) -> Findings:
    """What the rules find in the project's own resources, and what its files themselves say.

    Resources of installed packages, disabled ones and ignored files are not looked at. `selected`
    limits it to these unique ids. A rule that raises is in `failures`; the others go on.
    """
    resources = _to_check(project, settings, selected)
    unclear = [one for one in resources if "enabled" in one.undecided]
    resources = [one for one in resources if "enabled" not in one.undecided]
    run = _Run(project, Layers(settings.layers, project.model_paths))
    for resource in unclear:
        reason = f"enabled: {resource.undecided['enabled'].reason}"
        run.undecided.append(NotTold("every rule", resource.unique_id, reason))
    for one in rules:
        run.apply(one, resources)
    found = list(_problems(project, settings, selected))
    found += _without_waived(run, rules, settings, resources, today)
    return Findings(
        diagnostics=tuple(sorted(found, key=_order)),
        resources=len(resources),
        rules=len(rules),
        waived=run.waived,
        undecided=tuple(run.undecided),
        failures=tuple(run.failures),
    )


class _Run(Struct):
    """What is collected while the rules run."""

    project: Project
    layers: Layers
    violations: dict[str, list[tuple[RuleInUse, Violation]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    undecided: list[NotTold] = []
    failures: list[NotTold] = []
    waived: int = 0
    graph: Graph | None = None
    seen: dict[Any, list[Any]] = {}

    def apply(self, one: RuleInUse, resources: Sequence[AnyResource]) -> None:
        wanted = {name: self._wanted(type_) for name, type_ in one.rule.wants}
        sees = one.rule.sees
        if sees not in self.seen:
            # A type, or several as `Model | Seed`: slow to ask, and most rules ask the same.
            found = [resource for resource in resources if isinstance(resource, sees)]
            self.seen[sees] = [self.project] if sees is Project else found
        for resource in self.seen[sees]:
            unique_id = "" if resource is self.project else resource.unique_id
            try:
                for violation in one.rule.function(resource, **wanted, **one.settings):
                    self.violations[unique_id].append((one, violation))
            except UndecidedError as error:
                self.undecided.append(NotTold(one.rule.name, unique_id, str(error)))
            except Exception as error:  # noqa: BLE001  (a rule's bug must not hide the others)
                reason = f"{type(error).__name__}: {error}"
                self.failures.append(NotTold(one.rule.name, unique_id, reason))

    def _wanted(self, type_: type) -> object:
        if type_ is Graph:
            self.graph = self.graph or Graph(self.project.resources)
            return self.graph
        offered: dict[type, object] = {Project: self.project, Layers: self.layers}
        return offered[type_]


def _to_check(
    project: Project, settings: Check, selected: Collection[str] | None
) -> list[AnyResource]:
    found: list[AnyResource] = [
        resource
        for unique_id, resource in project.resources.items()
        if not isinstance(resource, NOT_CHECKED)
        and resource.package_name == project.name
        and resource.enabled
        and (selected is None or unique_id in selected)
    ]
    if not settings.ignore:
        return found
    from pathspec import PathSpec

    ignored = PathSpec.from_lines("gitwildmatch", settings.ignore)
    return [one for one in found if not ignored.match_file(one.path)]


def _problems(
    project: Project, settings: Check, selected: Collection[str] | None
) -> Iterator[Diagnostic]:
    """What the files themselves say. A file that belongs to no resource is everybody's."""
    elsewhere: set[str] = set()
    if selected is not None:
        for unique_id, resource in project.resources.items():
            if unique_id not in selected:
                elsewhere |= {resource.path, resource.properties_path or resource.path}
        for unique_id in selected:
            resource = project.resources[unique_id]
            elsewhere -= {resource.path, resource.properties_path or resource.path}
    for problem in project.problems:
        # Conventions hold without a database; who builds is told by the build.
        usual = "info" if problem.kind == "profile" else problem.severity
        severity = settings.problems.get(problem.kind, usual)
        if problem.path not in elsewhere and severity != "off":
            yield Diagnostic(
                message=problem.message,
                severity=severity,
                name=problem.kind,
                where=problem.where,
                help=problem.hint,
                resource=problem.resource,
            )


def _without_waived(
    run: _Run,
    rules: Sequence[RuleInUse],
    settings: Check,
    resources: Sequence[AnyResource],
    today: date,
) -> Iterator[Diagnostic]:
    places = Places(run.project.root)
    names = {one.rule.name for one in rules}
    can_be_waived = names | set(settings.rules)
    silent = {(one.rule, one.resource) for one in (*run.undecided, *run.failures)}
    for one, violation in run.violations.pop("", ()):
        yield _diagnostic(places, None, one.rule.name, one.severity, violation)
    for resource in resources:
        waivers = waivers_of(resource, can_be_waived, today, settings.waivers.max_days)
        used: set[str] = set()
        for one, violation in run.violations.get(resource.unique_id, ()):
            name = one.rule.name
            if name in waivers.holding:
                used.add(name)
                run.waived += 1
            else:
                yield _diagnostic(places, resource, name, one.severity, violation)
        idle: list[Waiver] = [
            waiver
            for name, waiver in waivers.holding.items()
            if name in names - used and (name, resource.unique_id) not in silent
        ]
        for name, violation in (*waivers.violations, *unused(idle)):
            yield _diagnostic(places, resource, name, WAIVER_SEVERITY[name], violation)


def _diagnostic(
    places: Places,
    resource: AnyResource | None,
    name: str,
    severity: Severity,
    violation: Violation,
) -> Diagnostic:
    return Diagnostic(
        message=violation.message,
        severity=severity,
        name=name,
        where=places.of(violation, resource),
        help=violation.help,
        resource=resource.unique_id if resource else "",
        anchor=violation.anchor,
    )


def _order(one: Diagnostic) -> tuple[str, int, int, str, str]:
    where = one.where or Where("")
    return where.path, where.line or 0, where.column or 0, one.name, one.message
