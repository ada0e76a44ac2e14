"""What a piece of Jinja of one package can see: vars, environment, target, macros."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_text
from platform_cli.project.jinja.names import builtin_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from platform_cli.project.jinja.macros import Macros
    from platform_cli.project.resources import Undecided

SECRET_PREFIX = "DBT_ENV_SECRET"  # noqa: S105  (a name, no secret)
_NOT_GIVEN = object()


class Environment(Protocol):
    """Environment variables; whoever implements it remembers the names that were asked for."""

    def get(self, name: str, /) -> str | None: ...


@dataclass(frozen=True, eq=False)
class Scope:
    """The world of one package's files.

    `vars` are merged already: the command line before the root project's (its package-scoped
    ones before its global ones) before the package's own. `target` is dbt's `target`, or
    Undecided when there is no profile. `quoting` is the root project's.
    """

    package: str
    root: str
    vars: Mapping[str, Any]
    target: Mapping[str, Any] | Undecided
    env: Environment
    macros: Macros
    quoting: Mapping[str, bool] = field(default_factory=dict)
    flags: Mapping[str, Any] = field(default_factory=dict)
    """dbt's flags by name in upper case, as far as they are known."""
    own_vars: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Merged vars of other packages, for macros that run in their own package's scope."""
    keep: dict[str, Any] = field(default_factory=dict, repr=False)
    """Contexts made for this scope, so that a thousand files share one."""

    def of(self, package: str) -> Scope:
        """The scope of another package's files in the same world."""
        if package == self.package:
            return self
        others: dict[str, Scope] = self.keep.setdefault("others", {})
        if package not in others:
            others[package] = replace(
                self, package=package, vars=self.own_vars.get(package, self.vars), keep={}
            )
        return others[package]

    def env_var(self, var: str, default: str | None = None) -> str:
        """dbt's `env_var()`: BrokenJinja when it is missing or secret."""
        if var.startswith(SECRET_PREFIX):
            raise BrokenJinja(
                f"the secret environment variable '{var}' may only be used in profiles.yml "
                "and packages.yml",
                certain=True,
            )
        value = self.env.get(var)
        value = default if value is None else value
        if value is None:
            raise BrokenJinja(
                f"environment variable '{var}' is required, but not set", certain=True
            )
        return value

    def target_names(self) -> Target:
        """`target`, which says Unknown instead of undefined for what it does not hold."""
        return Target(self.target)

    def yaml_names(self) -> Mapping[str, Any]:
        """The names a properties file's Jinja sees."""
        if "yaml" not in self.keep:
            names = builtin_names(self.flags)
            names |= {
                "target": self.target_names(),
                "project_name": self.root,
                "env_var": self.env_var,
                "var": Var(self.vars, required=True),
            }
            names["builtins"] = dict(names)
            names["context"] = names
            self.keep["yaml"] = names
        known: Mapping[str, Any] = self.keep["yaml"]
        return known


class Target(dict[str, Any]):
    """`target`: a missing key is Unknown, because we may know less of a profile than dbt."""

    def __init__(self, target: Mapping[str, Any] | Undecided) -> None:
        from platform_cli.project.resources import Undecided

        self.reason = target.reason if isinstance(target, Undecided) else ""
        super().__init__({} if isinstance(target, Undecided) else target)

    def __missing__(self, key: str) -> Any:
        raise Unknown(self.reason or f"target.{key} is not known")

    def get(self, key: str, default: Any = None) -> Any:
        return self[key]


class Var:
    """dbt's `var()`. In SQL (with `names`), text is rendered; in YAML it is taken as it is."""

    def __init__(
        self,
        values: Mapping[str, Any],
        *,
        required: bool,
        names: Mapping[str, Any] | None = None,
    ) -> None:
        self._values = values
        self._required = required
        self._names = names

    def __call__(self, var_name: str, default: Any = _NOT_GIVEN) -> Any:
        if var_name in self._values:
            value = self._values[var_name]
            if self._names is not None and isinstance(value, str):
                return render_text(value, self._names)
            return value
        if default is not _NOT_GIVEN:
            return default
        if self._required:
            raise BrokenJinja(f"required var '{var_name}' is not defined", certain=True)
        return None

    def has_var(self, var_name: str) -> bool:
        return var_name in self._values


def project_names(
    env: Environment,
    cli_vars: Mapping[str, Any],
    target: Mapping[str, Any] | Undecided | None = None,
    *,
    secrets: bool = False,
    flags: Mapping[str, Any] | None = None,
) -> Mapping[str, Any]:
    """The names of dbt_project.yml; without target and with secrets: those of profiles.yml."""
    names = builtin_names(flags or {})

    def env_var(var: str, default: str | None = None) -> str:
        if var.startswith(SECRET_PREFIX) and not secrets:
            raise BrokenJinja(
                f"the secret environment variable '{var}' may only be used in profiles.yml "
                "and packages.yml",
                certain=True,
            )
        value = env.get(var)
        value = default if value is None else value
        if value is None:
            raise BrokenJinja(
                f"environment variable '{var}' is required, but not set", certain=True
            )
        return value

    names["env_var"] = env_var
    if target is not None:
        names["target"] = Target(target)
    names["var"] = Var(cli_vars, required=True, names=names)
    names["builtins"] = dict(names)
    names["context"] = names
    return names
