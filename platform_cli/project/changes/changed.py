"""What a change since an earlier commit touches: files, and resources by way of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from platform_cli.errors import PlatformError
from platform_cli.project.changes.base_project import base_project
from platform_cli.project.changes.repository import Repository
from platform_cli.project.graph import Graph
from platform_cli.project.macro_users import OF_EVERY_RELATION, MacroUsers
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, DataTest, Exposure, Node, Seed, UnitTest

OF_EVERYTHING = ("packages.yml", "dependencies.yml", "package-lock.yml", "platform.yml")
"""Files of which every resource may be another one, or be judged by another measure."""
_OUR_FOLDERS = ("rules", "checks")


class Changed(Struct, frozen=True):
    """Since where, which files (relative to the root), and the unique ids that are touched.

    `before` is the project as it was then; None where no change of the files could have changed
    what it says of its resources, or where it could not be read.
    """

    base: str
    commit: str
    files: tuple[str, ...]
    ids: frozenset[str]
    before: Project | None = None


def changed_since(project: Project, base: str | None) -> Changed:
    """What changed since this branch left `base` (the default branch when None), uncommitted
    and untracked files included.

    Raises PlatformError when git cannot tell.
    """
    repository = Repository(project.root)
    commit, name = repository.merge_base(base)
    return _Touched(project, repository, commit).all(name)


class _Touched:
    def __init__(self, project: Project, repository: Repository, commit: str) -> None:
        self._project = project
        self._repository = repository
        self._commit = commit
        root = project.root.resolve()
        self._absolute = repository.changed(commit)
        self._files = {
            path.relative_to(root).as_posix()
            for path in self._absolute
            if path.is_relative_to(root)
        }

    def all(self, base: str) -> Changed:
        changed: set[str] = set()
        before = None
        if self._absolute:
            changed = {*self._by_file(), *self._by_macros(), *self._by_missing(), *self._macros()}
            if self._may_be_described_otherwise():
                before = self._before
                changed |= set(self._by_what_it_says(before))
        return Changed(
            base=base,
            commit=self._commit,
            files=tuple(sorted(self._files)),
            ids=frozenset(changed & {*self._project.resources, *self._project.macros}),
            before=before,
        )

    def _by_file(self) -> Iterator[str]:
        """Its own file, or something that everything depends on."""
        everything = any(
            path in OF_EVERYTHING or path.split("/")[0] in _OUR_FOLDERS for path in self._files
        )
        seeds = []
        for unique_id, resource in self._project.resources.items():
            own = resource.path in self._files and not _is_yaml(resource.path)
            if everything or own:
                yield unique_id
                yield from _tested(resource)
                if own and isinstance(resource, Seed):
                    seeds.append(unique_id)
        if seeds:  # the columns of a seed are its file's
            yield from Graph(self._project.resources).downstream(seeds, 1)

    def _by_missing(self) -> Iterator[str]:
        """Who refers to what is gone."""
        gone = {
            PurePosixPath(path).stem
            for path in self._files
            if not (self._project.root / path).exists()
        }
        for problem in self._project.problems:
            if problem.missing in gone and problem.resource:
                yield problem.resource

    def _by_macros(self) -> set[str]:
        """Who uses a macro that is another one now, or gone."""
        if not any(path.suffix == ".sql" for path in self._absolute):
            return set()
        users, then = self._users, self._macros_then()
        names = {
            macro.name
            for macro in users.macros.values()
            if (self._project.root / macro.path).resolve() in self._absolute
            and then.get(macro.name) != macro.sql
        }
        names |= then.keys() - {macro.name for macro in users.macros.values()}
        if names & OF_EVERY_RELATION:
            return {
                unique_id
                for unique_id, one in self._project.resources.items()
                if isinstance(one, Node)
            }
        return {
            touched
            for unique_id in (users.of(names) if names else ())
            for touched in (unique_id, *_tested(self._project.resources[unique_id]))
        }

    def _macros(self) -> Iterator[str]:
        """The macros themselves that are described, by their own files."""
        for unique_id, macro in self._project.macros.items():
            if {macro.path, macro.properties_path} & self._files:
                yield unique_id

    def _macros_then(self) -> dict[str, str]:
        """The macros that the changed SQL files held in the commit, by name."""
        from platform_cli.project.jinja.dialect import BrokenJinja
        from platform_cli.project.jinja.macros import scan_macros

        nodes = {(self._project.root / one.path) for one in self._project.resources.values()}
        root = self._project.root.resolve()
        paths = [
            os.path.relpath(path, root) for path in self._absolute - nodes if path.suffix == ".sql"
        ]
        found: dict[str, str] = {}
        for path, content in self._repository.read(self._commit, paths).items():
            try:
                macros = scan_macros("", path, content.decode("utf-8", "replace"))
            except BrokenJinja:
                continue
            found |= {macro.name: macro.sql for macro in macros}
        return found

    @cached_property
    def _users(self) -> MacroUsers:
        return MacroUsers(self._project)

    def _may_be_described_otherwise(self) -> bool:
        """Whether a file changed that says something of more than itself."""
        return any(path.endswith((".yml", ".yaml", ".md", ".sql", ".py")) for path in self._files)

    @cached_property
    def _before(self) -> Project | None:
        try:
            return base_project(self._project, self._repository, self._commit)
        except PlatformError:
            return None

    def _by_what_it_says(self, before: Project | None) -> Iterator[str]:
        """Of which the files say something else now: config, columns, tests, descriptions."""
        if before is None:
            yield from self._by_properties_file()
            return
        for unique_id, resource in self._project.resources.items():
            then = before.resources.get(unique_id)
            if then is None or _said(resource) != _said(then):
                yield unique_id
                yield from _tested(resource)
        for unique_id in before.resources.keys() - self._project.resources.keys():
            yield from _tested(before.resources[unique_id])

    def _by_properties_file(self) -> Iterator[str]:
        """Without the project of then: everything that a changed file describes."""
        everything = "dbt_project.yml" in self._files
        for unique_id, resource in self._project.resources.items():
            if everything or {resource.path, resource.properties_path} & self._files:
                yield unique_id


def _said(resource: AnyResource) -> AnyResource:
    """The resource without the places of its references, which move with every line."""
    undecided = {key: replace(one, line=0) for key, one in resource.undecided.items()}
    if not isinstance(resource, Node | Exposure):
        return replace(resource, undecided=undecided) if undecided else resource
    references = tuple(replace(one, line=0, column=0) for one in resource.references)
    return replace(resource, references=references, undecided=undecided)


def _tested(resource: AnyResource) -> Iterable[str]:
    """What a test is about: a rule looks at it, and not at the test."""
    if isinstance(resource, DataTest) and resource.attached_node:
        return (resource.attached_node,)
    return resource.depends_on if isinstance(resource, DataTest | UnitTest) else ()


def _is_yaml(path: str) -> bool:
    return path.endswith((".yml", ".yaml"))
