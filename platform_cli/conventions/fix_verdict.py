"""Whether a fix did what it was to do, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from platform_cli.project.edits.edit import Edit, MoveFile
from platform_cli.project.edits.unchanged import what_changed
from platform_cli.project.project import Project
from platform_cli.project.resources import DataTest, Model, Node
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings

FindingKey = tuple[str, str, str]


class Attempt(Struct, frozen=True):
    """A finding and the edits that are to mend it."""

    finding: Diagnostic
    edits: tuple[Edit, ...]

    @property
    def paths(self) -> set[str]:
        """The files it changes, by their names afterwards."""
        moved = {one.path: one.to for one in self.edits if isinstance(one, MoveFile)}
        return {moved.get(one.path, one.path) for one in self.edits}


class Sides(Struct, frozen=True):
    """The project before and after, and what a check finds in each."""

    before: Project
    after: Project
    found_before: Findings
    found_after: Findings


class Compares(Protocol):
    """Whoever can tell whether a node still returns the same rows."""

    def why_different(self, before: Project, after: Project, ids: tuple[str, str]) -> str:
        """Empty when its rows are the same."""
        ...


def key_of(finding: Diagnostic) -> FindingKey:
    """What tells a finding from others, whatever lines move."""
    return finding.name, finding.resource, finding.anchor


class Suspects(Struct, frozen=True):
    """Attempts of which at least one must not be, and why."""

    attempts: tuple[Attempt, ...]
    why: str


class Verdict(Struct, frozen=True):
    """The attempts that must not be, each with the reason; and those of which some must not be."""

    bad: tuple[tuple[Attempt, str], ...] = ()
    suspects: tuple[Suspects, ...] = ()


def verdict(attempts: Sequence[Attempt], sides: Sides, compares: Compares) -> Verdict:
    """What is wrong with these attempts; nothing, when all of them may be."""
    names = _new_names(attempts, sides)
    bad = dict(_not_gone(attempts, sides, names))
    if bad:
        return Verdict(tuple((attempts[number], why) for number, why in bad.items()))
    suspects = tuple(_brought(attempts, sides, names))
    if not suspects and names and (moved := what_changed(sides.before, sides.after, names)):
        suspects = (Suspects(tuple(attempts), f"{moved} would not be what it was"),)
    return Verdict(suspects=suspects or tuple(_different(attempts, sides, names, compares)))


def _new_names(attempts: Sequence[Attempt], sides: Sides) -> dict[str, str]:
    """Unique ids of what was renamed, and what they are now."""
    moved = {
        edit.path: edit.to
        for attempt in attempts
        for edit in attempt.edits
        if isinstance(edit, MoveFile)
    }
    by_path = {one.path: one.unique_id for one in sides.after.of(Model)} if moved else {}
    return {
        one.unique_id: by_path[moved[one.path]]
        for one in sides.before.of(Model)
        if moved.get(one.path) in by_path
    }


def _not_gone(
    attempts: Sequence[Attempt], sides: Sides, names: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    left = Counter(map(key_of, sides.found_after.diagnostics))
    was = Counter(map(key_of, sides.found_before.diagnostics))
    for number, attempt in enumerate(attempts):
        rule, resource, anchor = key_of(attempt.finding)
        now = left[rule, names.get(resource, resource), anchor]
        if now and now >= was[rule, resource, anchor]:
            yield number, "the edit would not make the finding go"


def _brought(
    attempts: Sequence[Attempt], sides: Sides, names: Mapping[str, str]
) -> Iterator[Suspects]:
    """Errors that were not there before, each with the attempts that may have brought it."""
    was = Counter(
        (one.name, names.get(one.resource, one.resource), one.anchor or one.message)
        for one in sides.found_before.diagnostics
    )
    errors = Counter(names.get(one, one) for one in _with_errors(sides.found_before))
    errors.subtract(_with_errors(sides.found_after))
    for one in sides.found_after.diagnostics:
        key = one.name, one.resource, one.anchor or one.message
        was[key] -= 1
        if was[key] >= 0 or one.severity != "error":
            continue
        # A model without an entry gets one, and now it is said that the entry has no description.
        if one.resource and errors[one.resource] >= 0:
            continue
        path = one.where.path if one.where else ""
        near = _near(one.resource, path, attempts, names)
        yield Suspects(near, f"it would bring another error: {one.message}")
    if failed := sides.found_after.failures[len(sides.found_before.failures) :]:
        near = _near(failed[0].resource, "", attempts, names)
        yield Suspects(near, f"rule {failed[0].rule} would fail")


def _near(
    resource: str, path: str, attempts: Sequence[Attempt], names: Mapping[str, str]
) -> tuple[Attempt, ...]:
    """The attempts for this resource; or else those that changed the file; or else all."""
    of_resource = tuple(
        one
        for one in attempts
        if resource and resource == names.get(one.finding.resource, one.finding.resource)
    )
    of_file = of_resource or tuple(one for one in attempts if path in one.paths)
    return of_file or tuple(attempts)


def _with_errors(findings: Findings) -> Iterator[str]:
    """The resource of each error that is one of a resource."""
    return (one.resource for one in findings.diagnostics if one.severity == "error")


def _different(
    attempts: Sequence[Attempt], sides: Sides, names: Mapping[str, str], compares: Compares
) -> Iterator[Suspects]:
    """Attempts that touch SQL, unless what dbt builds stays the same."""
    touched: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        for path in attempt.paths:
            if path.endswith((".sql", ".py")):
                touched.setdefault(path, []).append(attempt)
    for ids, path in _nodes_in(touched, sides, names) if touched else ():
        if why := compares.why_different(sides.before, sides.after, ids):
            yield Suspects(tuple(touched[path]), why)


def _nodes_in(
    paths: Collection[str], sides: Sides, names: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], str]]:
    """The unique ids before and after of what has SQL in these files."""
    old_names = {now: old for old, now in names.items()}
    for unique_id, node in sides.after.resources.items():
        generic = isinstance(node, DataTest) and node.test_name is not None
        if isinstance(node, Node) and node.path in paths and not generic:
            yield (old_names.get(unique_id, unique_id), unique_id), node.path
