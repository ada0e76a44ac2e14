"""The findings that fixes mend: edits are made in memory, looked at, and kept when they are good.

A round makes the edits of many findings at once, reads the project as it would be from a folder of
links, and checks it again. What does not make its finding go, brings another error or changes the
rows of a model is taken back, and only suggested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from platform_cli.conventions.fix import Built, Fix, Scene
from platform_cli.conventions.fix_verdict import Attempt, FindingKey, Sides, key_of, verdict
from platform_cli.conventions.rules_in_use import RuleInUse
from platform_cli.errors import PlatformError
from platform_cli.project.edits.drafts import Change, Drafts, WaitError
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
                    state.narrow(made, f"the project could not be read any more: {error.message}")
                    continue
                judged = verdict(made, Sides(project, after, findings, found), engine)
                state.refuse(judged.bad)
                if judged.unclear and not judged.bad:
                    state.narrow(made, judged.unclear)
                if judged.bad or judged.unclear:
                    # Once more without these: they may have been in the way of the good ones.
                    continue
                # The next round reads the texts of this stage; the one before it can go.
                current.close()
                current.enter_context(stages.pop_all())
            tried.next_round()
            drafts, project, findings = tried, after, found
            state.taken += made
    return Mended(
        changes=drafts.changes(),
        fixed=tuple(one.finding for one in state.taken),
        suggested=state.refused,
        findings=findings,
        files=state.files(),
    )


class _State(Struct):
    taken: list[Attempt] = []
    refused: dict[FindingKey, str] = {}
    most: int | None = None
    """How many to try at once while one of them is bad and nobody knows which."""

    def refuse(self, attempts: Iterable[tuple[Attempt, str]]) -> None:
        """Not to be tried again, each for its reason."""
        for one, reason in attempts:
            self.refused[key_of(one.finding)] = reason

    def narrow(self, attempts: Sequence[Attempt], reason: str) -> None:
        """One of these is bad: half as many next time, until it is alone."""
        if len(attempts) == 1:
            self.refuse([(attempts[0], reason)])
            self.most = None
        else:
            self.most = len(attempts) // 2

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
        if not one.name or resource is None or key_of(one) in state.refused:
            continue
        fix = fixes(one.name)
        if fix is None:
            continue
        try:
            edits = _edits(fix, one, resource, scene)
        except (RefusedError, PlatformError) as error:
            state.refused[key_of(one)] = str(error)
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
    """The edits that can be made together, in a copy."""
    tried, made = drafts.copy(), list[Attempt]()
    for attempt in attempts:
        if len(made) == state.most:
            break
        try:
            tried.make(attempt.edits)
        except WaitError:
            continue
        except RefusedError as error:
            state.refuse([(attempt, str(error))])
        else:
            made.append(attempt)
    return tried, made
