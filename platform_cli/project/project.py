"""The dbt project as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from msgspec.structs import force_setattr

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.problem import Problem
from platform_cli.project.request import Request
from platform_cli.project.resources import AnyResource, Macro, Model, Node, Resource, Undecided

if TYPE_CHECKING:
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.reading.cache import Evidence
    from platform_cli.project.settings.profile import Target

Kind = TypeVar("Kind", bound=Resource)
_NOT_READ = Undecided("not read")


class Project(Struct, frozen=True, eq=False):
    """What dbt's manifest would hold, read from the files without dbt.

    `resources` are those that dbt has in its graph, by unique id; `disabled` the others.
    `macros` are the project's own that a properties file describes.
    `problems` are what dbt would stop at or warn about. `target` is Undecided when there is no
    usable profile: then database and schema of the resources are undecided too. `waiving` are the
    SQL and Python files with the word `waive:` in them, which may be a comment for `check`.
    """

    root: Path
    name: str
    resources: Mapping[str, AnyResource]
    disabled: Mapping[str, AnyResource] = {}
    problems: tuple[Problem, ...] = ()
    target: Target | Undecided = _NOT_READ
    scopes: Mapping[str, Scope] = {}
    model_paths: tuple[str, ...] = ("models",)
    waiving: tuple[str, ...] = ()
    macros: Mapping[str, Macro] = {}
    request: Request = Request()
    evidence: Evidence | None = None
    """What it was read from; None for one that is not kept."""

    @classmethod
    def load(
        cls,
        root: Path,
        *,
        target: str | None = None,
        profiles_dir: Path | None = None,
        vars: Mapping[str, Any] | None = None,  # noqa: A002  (dbt's word)
        keep: bool = True,
        adapter: str = "duckdb",
    ) -> Project:
        """The project in folder `root`, as `--target`, `--profiles-dir` and `--vars` have it.

        Without `keep` past the cache: for what nobody will ask for again.

        Raises:
            PlatformError: dbt_project.yml is missing, broken or refused.
        """
        from platform_cli.project.reading.read_through import read_anew, read_through

        request = Request(target, profiles_dir, vars or {}, adapter)
        return (read_through if keep else read_anew)(cls, Path(root).absolute(), request)

    def scope(self, package: str) -> Scope:
        """What the Jinja of a package's files can see; read again when the cache answered."""
        if not self.scopes:
            from platform_cli.project.reading.read_through import read_scopes

            force_setattr(self, "scopes", read_scopes(self.root, self.request))
        return self.scopes[package]

    def raw_code(self, unique_id: str) -> str:
        """A node's text as dbt holds it."""
        from platform_cli.project.jinja.raw_code import raw_code

        node = self.resources[unique_id]
        assert isinstance(node, Node)  # noqa: S101  (only nodes have code)
        return raw_code(self.root, node)

    def of(self, kind: type[Kind]) -> Iterator[Kind]:
        """The enabled resources of one type."""
        for resource in self.resources.values():
            if isinstance(resource, kind):
                yield resource

    def model(self, name: str) -> Model:
        """The model of that name (or unique id); of several versions the latest.

        Raises:
            PlatformError: there is none, with near names.
        """
        found = self.resources.get(name)
        if isinstance(found, Model):
            return found
        models = [model for model in self.of(Model) if model.name == name]
        latest = [model for model in models if model.version == model.latest_version]
        for model in latest or models:
            return model
        for problem in self.problems:
            if problem.severity == "error" and PurePosixPath(problem.path).stem == name:
                raise PlatformError(problem.message, hint=problem.hint, where=problem.where)
        near = did_you_mean(name, {model.name for model in self.of(Model)})
        raise PlatformError(f"No model is named {name!r}", hint=near or "see: platform lineage")
