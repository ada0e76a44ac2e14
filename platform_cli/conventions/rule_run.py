"""The rules, one after the other, over the resources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from platform_cli.conventions.baseline import Fingerprint
from platform_cli.conventions.earlier import Earlier
from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.info_schema_queries import InfoSchema
from platform_cli.conventions.rule import SQL, UndecidedError, Violation
from platform_cli.conventions.rules_in_use import RuleInUse
from platform_cli.errors import PlatformError
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.reading.cache import environment_seals
from platform_cli.project.resources import AnyResource, Resource
from platform_cli.project.settings.env_vars import EnvVars
from platform_cli.project.sql.queries import Origins, Queries
from platform_cli.reporting.findings import NotTold
from platform_cli.style.many import Progress
from platform_cli.style.styles import Styles

EVERY_SQL_RULE = "every rule about SQL"


OFFERED: tuple[type, ...] = (Project, Graph, Layers, Queries, Origins, Earlier, Styles)
"""What a rule may ask for beside what it sees."""


class Found(Struct, frozen=True):
    """A violation with the rule that found it and the resource it is about, if it is of one."""

    rule: RuleInUse
    violation: Violation
    resource: AnyResource | None

    @property
    def fingerprint(self) -> Fingerprint:
        """What tells it apart in a baseline: without a resource its words have to."""
        violation = self.violation
        if self.resource is None:
            return Fingerprint(self.rule.rule.name, "", violation.anchor or violation.message)
        return Fingerprint(self.rule.rule.name, self.resource.unique_id, violation.anchor)


def in_order(rules: Sequence[RuleInUse]) -> list[RuleInUse]:
    """First those that ask the most of SQL: then nothing is read twice."""
    return sorted(rules, key=lambda one: Origins not in dict(one.rule.wants).values())


class RuleRun(Struct):
    """What is collected while the rules run."""

    project: Project
    layers: Layers
    exemptions: Exemptions = Exemptions()
    found: list[Found] = []
    undecided: list[NotTold] = []
    failures: list[NotTold] = []
    silent: set[tuple[str, str]] = set()
    """Rule and resource of what nothing could be said about."""
    graph: Graph | None = None
    queries: Queries | None = None
    origins: Origins | None = None
    schema: InfoSchema | None = None
    styles: Styles | None = None
    home: Path | None = None
    """The project's own folder, when it is read from another."""
    progress: Progress | None = None
    earlier: Earlier | None = None
    selected: frozenset[str] | None = None
    seen: dict[Any, list[Any]] = {}

    def apply(self, one: RuleInUse, resources: Sequence[AnyResource]) -> None:
        """Ask the rule about each resource it sees, or once about the whole.

        What it raises is in `failures`: a rule's bug must not hide what the others find.
        """
        if self.earlier is None and any(type_ is Earlier for _, type_ in one.rule.wants):
            return  # there is nothing to compare with
        wanted = {name: self._wanted(type_, resources) for name, type_ in one.rule.wants}
        sees = one.rule.sees
        if sees not in self.seen:
            # A type, or several as `Model | Seed`: slow to ask, and most rules ask the same.
            found = [resource for resource in resources if isinstance(resource, sees)]
            self.seen[sees] = self._offered(sees) or found
        seen = self.seen[sees]
        single = bool(seen) and isinstance(seen[0], Resource)
        for resource in seen:
            unique_id = resource.unique_id if single else ""
            try:
                for violation in one.rule.function(resource, **wanted, **one.settings):
                    _refuse_other(violation)
                    about = resource if single else self.project.resources.get(violation.of)
                    self.found.append(Found(one, violation, about))
            except UndecidedError as error:
                name = EVERY_SQL_RULE if error.name == SQL else one.rule.name
                if (name, unique_id) not in self.silent or name != EVERY_SQL_RULE:
                    self.undecided.append(NotTold(name, unique_id, str(error)))
                self.silent.add((name, unique_id))
                self.silent.add((one.rule.name, unique_id))
            # SystemExit too: a script that a rule calls would end the check as if all were well.
            except (Exception, SystemExit) as error:  # noqa: BLE001  (see above)
                kind = "" if isinstance(error, PlatformError) else f"{type(error).__name__}: "
                reason = f"{kind}{error}"
                self.failures.append(NotTold(one.rule.name, unique_id, reason))
                self.silent.add((one.rule.name, unique_id))

    @property
    def environment(self) -> dict[str, bytes]:
        """The variables that SQL and checks asked for, as fingerprints."""
        found = dict(self.queries.environment) if self.queries else {}
        found |= self.styles.environment if self.styles else {}
        for scope in self.project.scopes.values():
            if isinstance(scope.env, EnvVars):
                found |= environment_seals(scope.env.asked)
        return found

    def _wanted(self, type_: type, resources: Sequence[AnyResource]) -> object:
        if type_ is Graph:
            self.graph = self.graph or Graph(self.project.resources)
            return self.graph
        if type_ in {Queries, Origins}:
            self.queries = self.queries or Queries(self.project)
            self.origins = self.origins or Origins(self.queries)
            return self.queries if type_ is Queries else self.origins
        if type_ is Styles:
            if self.styles is None:
                self.styles = Styles(self.project, resources, self.home)
                self.styles.look(self.progress)
            return self.styles
        if type_ is InfoSchema:
            self.schema = self.schema or InfoSchema(self.project, self.selected)
            return self.schema
        offered: dict[type, object] = {
            Project: self.project,
            Layers: self.layers,
            Earlier: self.earlier,
        }
        return offered[type_]

    def _offered(self, sees: type[Any]) -> list[Any]:
        """What is no resource, and asked about once."""
        singles: dict[type[Any], Any] = {Project: self.project, Exemptions: self.exemptions}
        return [singles[sees]] if sees in singles else []


def _refuse_other(violation: object) -> None:
    """Raise TypeError for what is no violation."""
    if not isinstance(violation, Violation):
        raise TypeError(f"it yields {violation!r}, which is no Violation")
