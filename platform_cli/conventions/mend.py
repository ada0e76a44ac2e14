"""The findings that fixes mend: edits are made in memory, looked at, and kept when they are good.

A round makes the edits of many findings at once, reads the project as it would be from a folder of
links, and checks it again. What does not make its finding go, brings another error or changes the
rows of a model is taken back, and only suggested.

Of several edits that may have done the harm, all wait while the others are made. Then they are
tried among themselves, half of them at a time, until the bad one is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from platform_cli.conventions.fix import Built, Fix, Scene
from platform_cli.conventions.fix_verdict import (
    Attempt,
    FindingKey,
    Sides,
    Suspects,
    key_of,
    verdict,
)
from platform_cli.conventions.made_together import made_together
from platform_cli.conventions.rules_in_use import RuleInUse
from platform_cli.errors import PlatformError
from platform_cli.project.edits.drafts import Change, Drafts
from platform_cli.project.edits.edit import Edit, MoveFile, RefusedError
from platform_cli.project.edits.stage import staged
from platform_cli.project.graph import Graph
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource
from platform_cli.project.sql.lent import lend_queries
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings

MOST_ROUNDS = 100


class Engine(Built, Protocol):
    """What mending asks of the world outside of files."""

    def why_different(self, before: Project, after: Project, ids: tuple[str, str]) -> str:
        """Why a node's rows before and after are not known to be equal; empty when they are."""
        ...


class Mended(Struct, frozen=True):
    """What becomes of the files, which findings that mends, and what is left."""

    changes: tuple[Change, ...]
    fixed: tuple[Diagnostic, ...]
    suggested: dict[FindingKey, str]
    """Why a finding that has a fix is not mended by it."""
    findings: Findings
    files: dict[str, tuple[str, ...]]
    """The rules that a file was changed for."""


def mend(
    project: Project,
    findings: Findings,
    *,
    fixes: Callable[[str], Fix | None],
    rules: Sequence[RuleInUse],
    layers: Layers,
    engine: Engine,
    load: Callable[[Path], Project],
    check: Callable[[Project], Findings],
) -> Mended:
    """What the fixes make of a project with these findings; writes nothing.

    `fixes` has the fix of a rule by its name, `load` reads the project in a folder, and `check`
    finds what is wrong with it.
    """
    drafts, state = Drafts(project.root), _State()
    settings = {one.rule.name: one.settings for one in rules}
    home = project.root
    with ExitStack() as current:
        for _ in range(MOST_ROUNDS):
            scene = Scene(project, Graph(project.resources), layers, engine, settings, home)
            attempts = _attempts(findings, fixes, scene, state)
            tried, made = _made(drafts, attempts, state)
            if not made:
                break
            with ExitStack() as stages:
                stage = stages.enter_context(staged(drafts.root, tried.changes()))
                lend_queries(project, stage)
                try:
                    after = load(stage)
                    found = check(after)
                except PlatformError as error:
                    why = f"the project could not be read any more: {error.message}"
                    state.suspect([Suspects(tuple(made), why)], made)
                    continue
                judged = verdict(made, Sides(project, after, findings, found), engine)
                state.refuse(judged.bad)
                state.suspect(judged.suspects, made)
                if judged.bad or judged.suspects:
                    # Once more without these: they may have been in the way of the good ones.
                    continue
                # The next round reads the texts of this stage; the one before it can go.
                current.close()
                current.enter_context(stages.pop_all())
            tried.next_round()
            drafts, project, findings = tried, after, found
            state.taken += made
            state.left.clear()
    return Mended(
        changes=drafts.changes(),
        fixed=tuple(one.finding for one in state.taken),
        suggested=state.left | state.refused,
        findings=findings,
        files=state.files(),
    )


class _State(Struct):
    taken: list[Attempt] = []
    refused: dict[FindingKey, str] = {}
    left: dict[FindingKey, str] = {}
    """What its fix leaves to a person, as the project is now: another fix may change that."""
    suspected: set[FindingKey] = set()
    waiting: list[set[FindingKey]] = []
    """What to try when nothing else is left, the last ones first."""

    def refuse(self, attempts: Iterable[tuple[Attempt, str]]) -> None:
        """Not to be tried again, each for its reason."""
        for one, reason in attempts:
            self.refused[key_of(one.finding)] = reason

    def suspect(self, suspects: Sequence[Suspects], made: Sequence[Attempt]) -> None:
        """Of each of these groups at least one is bad: fewer of them are tried next.

        One that is suspected alone once more, after what was not suspected is made, is bad.
        """
        groups = [{key_of(one.finding): one for one in each.attempts} for each in suspects]
        keys = set[FindingKey]().union(*groups)
        only = keys >= {key_of(one.finding) for one in made}
        later = set[FindingKey]()
        for group, why in zip(groups, (each.why for each in suspects), strict=True):
            known = only or self.suspected >= group.keys()
            if known and len(group) == 1:
                self.refuse(
                    (one, why) for one in group.values() if key_of(one.finding) not in self.refused
                )
            else:
                later.update([*group][len(group) // 2 :] if known else group)
        self.suspected |= keys
        if later:
            self.waiting.append(later)

    def files(self) -> dict[str, tuple[str, ...]]:
        """The rules by the names that the files have in the end."""
        edits = [edit for attempt in self.taken for edit in attempt.edits]
        moved = {one.path: one.to for one in edits if isinstance(one, MoveFile)}
        rules: dict[str, set[str]] = {}
        for attempt in self.taken:
            for path in attempt.paths:
                rules.setdefault(moved.get(path, path), set()).add(attempt.finding.name)
        return {path: tuple(sorted(names)) for path, names in sorted(rules.items())}


def _attempts(
    findings: Findings, fixes: Callable[[str], Fix | None], scene: Scene, state: _State
) -> list[Attempt]:
    """What to try; renames wait until nothing else is left, because they change all names."""
    found: list[Attempt] = []
    for one in findings.diagnostics:
        resource = scene.project.resources.get(one.resource)
        known = key_of(one) in state.refused or key_of(one) in state.left
        if not one.name or resource is None or known:
            continue
        fix = fixes(one.name)
        if fix is None:
            continue
        try:
            edits = _edits(fix, one, resource, scene)
        except (RefusedError, PlatformError) as error:
            state.left[key_of(one)] = str(error)
            continue
        except Exception as error:  # noqa: BLE001  (one fix's bug is not the end of the others)
            state.refused[key_of(one)] = f"its fix failed: {type(error).__name__}: {error}"
            continue
        if edits:
            found.append(Attempt(one, tuple(edits)))
    others = [one for one in found if not any(isinstance(edit, MoveFile) for edit in one.edits)]
    return others or found


def _edits(fix: Fix, finding: Diagnostic, resource: AnyResource, scene: Scene) -> list[Edit]:
    edits = list(fix.function(finding, resource, scene))
    for one in edits:
        if not isinstance(one, Edit):
            raise TypeError(f"{one!r} is no edit")
    return edits


def _made(drafts: Drafts, attempts: list[Attempt], state: _State) -> tuple[Drafts, list[Attempt]]:
    """The edits that can be made together, in a copy; those that wait when there are no others."""
    while True:
        tried = drafts.copy()
        held = set().union(*state.waiting)
        free = [one for one in attempts if key_of(one.finding) not in held]
        made, refused = made_together(tried, free)
        state.refuse(refused)
        if made or not state.waiting:
            return tried, made
        state.waiting.pop()
