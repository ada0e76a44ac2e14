"""The surroundings of a load: settings of all packages, target, macros, and a scope for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from platform_cli.errors import PlatformError, Where
from platform_cli.project.files.inputs import Inputs
from platform_cli.project.files.tree import Files, decode
from platform_cli.project.files.yaml_files import load_yaml
from platform_cli.project.files.yaml_values import KeyPath
from platform_cli.project.locate import PROJECT_FILE
from platform_cli.project.problem import Problem, problem_of
from platform_cli.project.resources import Undecided
from platform_cli.project.settings.env_vars import EnvVars
from platform_cli.project.settings.packages import (
    installed_packages,
    is_package,
    local_packages,
    wanted_packages,
)
from platform_cli.project.settings.profile import (
    Target,
    find_profiles,
    read_target,
    target_type,
)
from platform_cli.project.settings.project_file import Settings, read_settings

if TYPE_CHECKING:
    from platform_cli.project.jinja.macros import Macro, Macros
    from platform_cli.project.jinja.scope import Scope

Render = Callable[[str, KeyPath], Any]


@dataclass(slots=True)
class World:
    """Everything that is known before the first node is read."""

    root: Settings
    packages: dict[str, Settings]
    files: dict[str, Files]
    target: Target | Undecided
    scopes: dict[str, Scope]


def read_world(
    root: Path,
    inputs: Inputs,
    env: EnvVars,
    problems: list[Problem],
    *,
    target: str | None,
    profiles_dir: Path | None,
    variables: Mapping[str, Any],
    adapter: str = "duckdb",
    internal: Callable[[str], Mapping[str, Iterable[Macro]]] | None = None,
) -> World:
    """Read dbt_project.yml, the profile, the packages and the macros.

    `adapter` is what the target is taken for when the profile cannot be read; `internal` has dbt's
    own macros for an adapter, where they need not be read again.

    Raises:
        PlatformError: dbt_project.yml itself is missing, broken or refused.
    """
    from platform_cli.project.jinja.scope import project_names

    top = str(root)
    raw = _yaml(inputs, os.path.join(top, PROJECT_FILE), PROJECT_FILE)
    if not isinstance(raw, dict):
        raw = None
    flags = {
        "PROJECT_DIR": top,
        "PROFILES_DIR": str(find_profiles(root, profiles_dir).parent),
    }
    found = _target(root, raw, inputs, env, problems, target, profiles_dir, variables, flags)
    shown = found if isinstance(found, Undecided) else found.values
    names = project_names(env, variables, shown, flags=flags)
    render = renderer(lambda: names, PROJECT_FILE, problems)
    settings = read_settings(raw, top, "", render)
    packages = {settings.name: settings}
    names = project_names(env, variables, shown, flags=flags)
    _add_packages(packages, settings, inputs, problems, names)
    files = {name: Files(name, item.root, item.prefix) for name, item in packages.items()}
    if isinstance(found, Undecided):
        name = (raw or {}).get("profile")
        kind = target_type(find_profiles(root, profiles_dir), name, target) or adapter
    else:
        kind = found.type
    macros = _macros(settings, packages, files, inputs, problems, kind, internal)
    own_vars = {
        name: _variables(settings, packages.get(name), name, variables)
        for name in (*packages, "dbt", f"dbt_{kind}")
    }
    from platform_cli.project.jinja.scope import Scope

    scopes = {
        name: Scope(
            package=name,
            root=settings.name,
            vars=own_vars[name],
            target=shown,
            env=env,
            macros=macros,
            quoting=settings.quoting,
            own_vars=own_vars,
            flags=flags,
        )
        for name in packages
    }
    return World(settings, packages, files, found, scopes)


def renderer(names: Callable[[], Mapping[str, Any]], path: str, problems: list[Problem]) -> Render:
    """A function that renders the strings of one YAML file; `names` is asked when one needs it.

    What only dbt can tell becomes Undecided; what breaks dbt too is also a problem.
    """

    def render(text: str, keys: KeyPath) -> Any:
        import jinja2

        from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_value

        try:
            value = render_value(text, names())
        except Unknown as unknown:
            return Undecided(unknown.reason, path)
        except BrokenJinja as broken:
            if broken.certain:
                problems.append(
                    Problem(
                        message=f"Broken Jinja in {path} at {_shown(keys)}: {broken.message}",
                        kind="jinja",
                        path=path,
                        hint=f"the value is: {text.strip()}",
                    )
                )
            return Undecided(broken.message, path)
        if isinstance(value, jinja2.Undefined):
            return Undecided(f"`{text}` uses a name dbt does not know", path)
        return value

    return render


def _shown(keys: KeyPath) -> str:
    return ".".join(map(str, keys)) or "the top"


def _yaml(inputs: Inputs, absolute: str, path: str) -> Any:
    return load_yaml(decode(inputs.read_path(absolute, path), path), path)


def _target(
    root: Path,
    raw: dict[str, Any] | None,
    inputs: Inputs,
    env: EnvVars,
    problems: list[Problem],
    target: str | None,
    profiles_dir: Path | None,
    variables: Mapping[str, Any],
    flags: Mapping[str, Any],
) -> Target | Undecided:
    from platform_cli.project.jinja.scope import project_names

    path = find_profiles(root, profiles_dir)
    shown = path.name if path.parent == root else str(path)
    missing: list[str] = []

    def ask(names: Mapping[str, Any]) -> Render:
        def render(text: str, keys: KeyPath) -> Any:
            from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_value

            try:
                return render_value(text, names)
            except (BrokenJinja, Unknown) as error:
                if keys and "password" in keys:
                    return text
                missing.append(f"{_shown(keys)}: {error}")
                return ""

        return render

    try:
        if path.is_file():
            inputs.read_path(str(path), str(path))
        name = (raw or {}).get("profile")
        if isinstance(name, str) and "{" in name:
            name = ask(project_names(env, variables, flags=flags))(name, ("profile",))
        names = project_names(env, variables, secrets=True, flags=flags)
        found = read_target(path, name, target, ask(names))
        if missing:
            raise PlatformError(  # noqa: TRY301  (one place makes the problem)
                f"{shown} cannot be rendered: " + "; ".join(missing),
                hint="set the environment variables it names",
                where=Where(shown),
            )
    except PlatformError as error:
        # beside dbt_project.yml, the file is named as every other file of the project is
        inside = f"{root}{os.sep}"
        problem = problem_of(error, "profile")
        problem = replace(
            problem,
            message=problem.message.replace(inside, ""),
            path=problem.path.removeprefix(inside),
        )
        if problem.path == PROJECT_FILE:
            problem = replace(problem, line=_line_of_profile(root, inputs))
        problems.append(problem)
        return Undecided(problem.message, problem.path)
    return found


def _line_of_profile(root: Path, inputs: Inputs) -> int:
    """Where dbt_project.yml names the profile; 0 when it does not."""
    from platform_cli.project.entry_place import Entries

    file = os.path.join(str(root), PROJECT_FILE)
    place = Entries(decode(inputs.read_path(file, PROJECT_FILE), PROJECT_FILE)).place(("profile",))
    return place[0] if place else 0


def _add_packages(
    packages: dict[str, Settings],
    root: Settings,
    inputs: Inputs,
    problems: list[Problem],
    names: Mapping[str, Any],
) -> None:
    installed = installed_packages(root.root, root.packages_path)
    for folder, prefix in installed:
        if not is_package(folder):
            problems.append(
                Problem(f"{prefix} has no {PROJECT_FILE}", kind="package", path=prefix.rstrip("/"))
            )
            continue
        settings = _package(folder, prefix, inputs, problems, names)
        if settings is not None and settings.name in packages:
            other = packages[settings.name].prefix or "the project"
            problems.append(
                Problem(
                    f"Two packages are named {settings.name!r}: {other} and {prefix}",
                    kind="package",
                    path=prefix + PROJECT_FILE,
                )
            )
        elif settings is not None:
            packages[settings.name] = settings
    wanted: list[Any] = []
    try:
        found = [
            _yaml(inputs, os.path.join(root.root, name), name)
            if os.path.isfile(os.path.join(root.root, name))
            else None
            for name in ("packages.yml", "dependencies.yml")
        ]
        wanted = wanted_packages(*found)
    except PlatformError as error:
        problems.append(problem_of(error, "yaml"))
    if len(wanted) <= len(installed):
        return
    there, absent = local_packages(root.root, wanted)
    linked = len(installed)
    for folder, prefix in there:
        # As `dbt deps` would link them, without waiting for it: a build runs it by itself.
        settings = _package(folder, prefix, inputs, problems, names)
        if settings is not None and settings.name not in packages:
            packages[settings.name] = settings
            linked += 1
    # The usual way here is a project that was copied without the folder beside it.
    problems.extend(
        Problem(
            f"The package {one} is not there: no {os.path.join(one, PROJECT_FILE)}",
            kind="package",
            path="packages.yml",
            hint="put that folder where packages.yml says, or correct the path after `local:`",
        )
        for one in absent
    )
    if not absent and linked < len(wanted):
        problems.append(
            Problem(
                f"{len(wanted)} package{'' if len(wanted) == 1 else 's'} wanted, but "
                f"{linked} installed in {root.packages_path}",
                kind="package",
                path="packages.yml",
                hint="run `dbt deps`: it downloads what packages.yml names",
            )
        )


def _package(
    folder: str,
    prefix: str,
    inputs: Inputs,
    problems: list[Problem],
    names: Mapping[str, Any],
) -> Settings | None:
    """What a package's dbt_project.yml says; None, with a problem, when it cannot be read."""
    path = prefix + PROJECT_FILE
    try:
        raw = _yaml(inputs, os.path.join(folder, PROJECT_FILE), path)
        return read_settings(raw, folder, prefix, renderer(lambda: names, path, problems))
    except PlatformError as error:
        problems.append(problem_of(error, "package"))
        return None


def _macros(
    root: Settings,
    packages: Mapping[str, Settings],
    files: Mapping[str, Files],
    inputs: Inputs,
    problems: list[Problem],
    adapter: str,
    internal: Callable[[str], Mapping[str, Iterable[Macro]]] | None,
) -> Macros:
    from platform_cli.project.jinja.dialect import BrokenJinja
    from platform_cli.project.jinja.macros import Macros, scan_internal, scan_macros

    found: dict[str, list[Macro]] = {name: [] for name in packages}
    for name, settings in packages.items():
        seen: dict[str, Macro] = {}
        for only_tests, folders in (
            (False, settings.paths["macro"]),
            (True, settings.below_tests("generic")),
        ):
            for file in files[name].find(folders, ".sql"):
                try:
                    text = decode(inputs.read(file), file.path)
                    macros = scan_macros(name, file.path, text)
                except PlatformError as error:
                    problems.append(problem_of(error, "file"))
                    continue
                except BrokenJinja as broken:
                    problems.append(
                        Problem(
                            f"Broken Jinja in {file.path}: {broken.message}",
                            kind="jinja",
                            path=file.path,
                            line=broken.line,
                        )
                    )
                    continue
                for macro in macros:
                    if only_tests and not macro.name.startswith("test_"):
                        continue
                    if other := seen.get(macro.name):
                        problems.append(
                            Problem(
                                f"Two macros are named {macro.name!r}: {other.path}:{other.line} "
                                f"and {macro.path}:{macro.line}",
                                kind="duplicate",
                                path=macro.path,
                                line=macro.line,
                            )
                        )
                        continue
                    seen[macro.name] = macro
                    found[name].append(macro)
    own = (internal or scan_internal)(adapter)
    return Macros(root.name, found, own, adapter, root.dispatch)


def _variables(
    root: Settings, own: Settings | None, package: str, command_line: Mapping[str, Any]
) -> dict[str, Any]:
    """The vars a package's files see: command line, then the root's, then its own."""
    merged: dict[str, Any] = {}
    for settings in (own if own is not root else None, root):
        if settings is not None:
            merged |= settings.variables
            scoped = settings.variables.get(package)
            merged |= scoped if isinstance(scoped, dict) else {}
    return {**merged, **command_line}
