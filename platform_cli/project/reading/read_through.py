"""Load a project from the cache, or from its files and then into the cache."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.project.reading.cache import (
    Saved,
    cache_path,
    facts_path,
    gather,
    read_cache,
    write_cache,
)
from platform_cli.project.resources import Undecided
from platform_cli.project.settings.profile import Target, find_profiles

if TYPE_CHECKING:
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.project import Project, Request
    from platform_cli.project.reading.loader import Loaded


def read_through(made: type[Project], root: Path, request: Request) -> Project:
    """The project, from the cache when nothing has changed.

    Raises:
        PlatformError: dbt_project.yml is missing, broken or refused.
    """
    top = str(root)
    profiles = str(find_profiles(root, request.profiles_dir))
    path = cache_path(top, (request.target, profiles, sorted(request.vars.items(), key=str)))
    saved = read_cache(path, top)
    scopes: Mapping[str, Scope] = {}
    if saved is None:
        saved, scopes = _read(root, request, path, profiles)
    return made(
        root=root,
        name=saved.name,
        resources={resource.unique_id: resource for resource in saved.resources},
        disabled={resource.unique_id: resource for resource in saved.disabled},
        problems=tuple(saved.problems),
        target=saved.target or saved.no_target or Undecided("no target"),
        scopes=scopes,
        model_paths=saved.model_paths,
        request=request,
    )


def _read(
    root: Path, request: Request, path: str, profiles: str
) -> tuple[Saved, Mapping[str, Scope]]:
    from platform_cli.project.files.inputs import Inputs
    from platform_cli.project.reading.kept_facts import KeptFacts
    from platform_cli.project.reading.loader import load_project
    from platform_cli.project.settings.env_vars import EnvVars

    inputs, env = Inputs(), EnvVars()
    kept = KeptFacts(facts_path(path))
    loaded = load_project(
        root,
        inputs,
        env,
        target=request.target,
        profiles_dir=request.profiles_dir,
        variables=request.vars,
        kept=kept,
    )
    saved = _saved(loaded)
    top = str(root)
    world = loaded.world
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
    kept.write(env.asked, evidence.day)
    return saved, world.scopes


def _saved(loaded: Loaded) -> Saved:
    target = loaded.world.target
    return Saved(
        name=loaded.world.root.name,
        resources=list(loaded.resources.values()),
        disabled=list(loaded.disabled.values()),
        problems=loaded.problems,
        target=target if isinstance(target, Target) else None,
        no_target=target if isinstance(target, Undecided) else None,
        model_paths=tuple(folder.rstrip("/") for folder in loaded.world.root.paths["model"]),
    )


def read_scopes(root: Path, request: Request) -> Mapping[str, Scope]:
    """The scopes of the packages alone, without reading any node."""
    from platform_cli.project.files.inputs import Inputs
    from platform_cli.project.settings.env_vars import EnvVars
    from platform_cli.project.settings.world import read_world

    world = read_world(
        root,
        Inputs(),
        EnvVars(),
        [],
        target=request.target,
        profiles_dir=request.profiles_dir,
        variables=request.vars,
    )
    return world.scopes
