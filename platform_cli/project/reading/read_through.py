"""Load a project from the cache, or from its files and then into the cache."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from platform_cli.project.reading.cache import (
    Evidence,
    Last,
    Saved,
    cache_path,
    environment_seals,
    gather,
    kept_path,
    read_last,
    write_cache,
)
from platform_cli.project.resources import Undecided
from platform_cli.project.settings.profile import Target, find_profiles

if TYPE_CHECKING:
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.project import Project
    from platform_cli.project.reading.loader import Loaded
    from platform_cli.project.reading.opening import Opening
    from platform_cli.project.request import Request

_FEW = 20
"""Edited files; when more have changed, reading anew is as quick."""


def read_through(
    made: type[Project], root: Path, request: Request, last: Last | None = None
) -> Project:
    """The project, from the cache when nothing has changed. `last`: see `last_reading`.

    Raises:
        PlatformError: dbt_project.yml is missing, broken or refused.
    """
    top = str(root)
    profiles = str(find_profiles(root, request.profiles_dir))
    path = path_of(root, request)
    last = last or read_last(path, top)
    saved = last.saved() if last is not None and not last.changed else None
    scopes: Mapping[str, Scope] = {}
    evidence = last.evidence if last is not None else None
    if saved is None or evidence is None:
        from platform_cli.project.reading.opening import open_reading

        opening = open_reading(root, request, kept_path(path, "facts"))
        scopes = opening.world.scopes
        touched = _touched(top, path, last, opening) if last is not None else None
        saved, evidence = touched or _read(top, path, profiles, opening)
    return _project(made, root, request, saved, scopes, evidence)


def read_anew(made: type[Project], root: Path, request: Request) -> Project:
    """The project from its files, past the cache: for a request that nobody makes twice.

    Raises:
        PlatformError: dbt_project.yml is missing, broken or refused.
    """
    from platform_cli.project.reading.loader import load_project
    from platform_cli.project.reading.opening import open_reading

    opening = open_reading(root, request, "")
    saved = _saved(load_project(opening), opening.inputs.waiving)
    return _project(made, root, request, saved, opening.world.scopes, None)


def _project(
    made: type[Project],
    root: Path,
    request: Request,
    saved: Saved,
    scopes: Mapping[str, Scope],
    evidence: Evidence | None,
) -> Project:
    return made(
        root=root,
        name=saved.name,
        resources={resource.unique_id: resource for resource in saved.resources},
        disabled={resource.unique_id: resource for resource in saved.disabled},
        problems=tuple(saved.problems),
        target=saved.target or saved.no_target or Undecided("no target"),
        scopes=scopes,
        model_paths=saved.model_paths,
        waiving=saved.waiving,
        macros={macro.unique_id: macro for macro in saved.macros},
        request=request,
        evidence=evidence,
    )


def last_reading(root: Path, request: Request) -> Last | None:
    """The last reading of a project, and what has changed since; None when it is of no use."""
    return read_last(path_of(root, request), str(root))


def path_of(root: Path, request: Request) -> str:
    """The cache file of a project that is read in this way."""
    profiles = str(find_profiles(root, request.profiles_dir))
    asked = (request.target, profiles, sorted(request.vars.items(), key=str), request.adapter)
    return cache_path(str(root), asked)


def _touched(top: str, path: str, last: Last, opening: Opening) -> tuple[Saved, Evidence] | None:
    """The last reading brought up to date, None when the project must be read anew."""
    from platform_cli.project.reading.touched import touched

    absolute = {name: os.path.join(top, name) for name in last.changed}
    inputs, evidence = opening.inputs, last.evidence
    if len(absolute) > _FEW or not all(name.lower().endswith(".sql") for name in absolute):
        return None
    if not inputs.digests.keys().isdisjoint(absolute.values()):  # a macro too
        return None
    known = len(opening.problems)
    saved = last.saved()
    if saved is not None:
        saved = touched(saved, evidence, opening, set(absolute))
    new = opening.problems[known:]
    del opening.problems[known:]
    if saved is None or new or (inputs.timely and evidence.day is None):
        return None
    waiving = {path for path in saved.waiving if path not in absolute} | inputs.waiving
    saved = replace(saved, waiving=tuple(sorted(waiving)))
    evidence = replace(
        evidence,
        files={**evidence.files, **{name: inputs.digests[at] for name, at in absolute.items()}},
        environment={**evidence.environment, **environment_seals(opening.env.asked)},
    )
    write_cache(path, evidence, saved)
    opening.kept.keep_all()
    opening.kept.write(evidence.environment, evidence.day)
    return saved, evidence


def _read(top: str, path: str, profiles: str, opening: Opening) -> tuple[Saved, Evidence]:
    from platform_cli.project.reading.loader import load_project

    loaded = load_project(opening)
    saved = _saved(loaded, opening.inputs.waiving)
    world, inputs, env = opening.world, opening.inputs, opening.env
    looked_for = [
        profiles,
        os.path.join(top, "packages.yml"),
        os.path.join(top, "dependencies.yml"),
    ]
    folders: list[str] = []
    for name, settings in world.packages.items():
        ignore = os.path.join(settings.root, ".dbtignore")
        if os.path.isfile(ignore):
            inputs.read_path(ignore, ignore)
        else:
            looked_for.append(ignore)
        folders += world.files[name].folders()
    evidence = gather(
        top,
        inputs.digests,
        looked_for,
        folders,
        world.root.packages_path,
        env.asked,
        timely=inputs.timely,
    )
    write_cache(path, evidence, saved)
    opening.kept.write(evidence.environment, evidence.day)
    return saved, evidence


def _saved(loaded: Loaded, waiving: set[str]) -> Saved:
    target = loaded.world.target
    return Saved(
        name=loaded.world.root.name,
        resources=list(loaded.resources.values()),
        disabled=list(loaded.disabled.values()),
        problems=loaded.problems,
        target=target if isinstance(target, Target) else None,
        no_target=target if isinstance(target, Undecided) else None,
        model_paths=tuple(folder.rstrip("/") for folder in loaded.world.root.paths["model"]),
        waiving=tuple(sorted(waiving)),
        macros=loaded.macros,
    )


def read_scopes(root: Path, request: Request) -> Mapping[str, Scope]:
    """The scopes of the packages alone, without reading any node."""
    from platform_cli.project.files.inputs import Inputs
    from platform_cli.project.reading.internal_macros import internal_macros
    from platform_cli.project.settings.env_vars import EnvVars
    from platform_cli.project.settings.world import read_world

    world = read_world(
        root,
        Inputs(),
        EnvVars(),
        [],
        internal=partial(internal_macros, root),
        target=request.target,
        profiles_dir=request.profiles_dir,
        variables=request.vars,
        adapter=request.adapter,
    )
    return world.scopes
