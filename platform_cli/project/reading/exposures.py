"""Exposures and groups."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from platform_cli.errors import PlatformError
from platform_cli.project.problem import Problem, problem_of
from platform_cli.project.reading.lenient import as_list, as_mapping
from platform_cli.project.reading.state import State
from platform_cli.project.resources import Exposure, Group, Reference, Undecided

if TYPE_CHECKING:
    from platform_cli.project.reading.facts import Facts
    from platform_cli.project.reading.properties import PropertiesFile


def read_exposure(
    state: State, facts: Facts, properties: PropertiesFile, entry: dict[str, Any]
) -> Exposure:
    """The exposure an entry declares, its references not resolved yet."""
    file = properties.file
    name, package = entry["name"], file.package
    folders = os.path.splitext(file.relative)[0].split("/")[:-1]
    patch = as_mapping(entry.get("config"))
    fqn = (package, *folders, name)
    config = state.configs.build("exposure", fqn, package, None, patch)
    undecided = {
        f"config.{key}": value for key, value in config.items() if isinstance(value, Undecided)
    }
    config = {key: value for key, value in config.items() if not isinstance(value, Undecided)}
    tree = state.packages[package].tree("exposure")
    tags = sorted(
        {*as_list(tree.get("tags")), *as_list(entry.get("tags")), *as_list(config.get("tags"))}
    )
    meta = {
        **as_mapping(tree.get("meta")),
        **as_mapping(entry.get("meta")),
        **as_mapping(config.get("meta")),
    }
    references: list[Reference] = []
    calls = [str(call) for call in entry.get("depends_on") or ()]
    text = "\n".join(f"{{{{ {call}}}}}" for call in calls)
    try:
        read = facts.of_exposure(text, file.path, package)
        references = list(read.references)
        undecided |= read.undecided
    except PlatformError as error:
        state.problems.append(problem_of(error, "jinja"))
    return Exposure(
        unique_id=f"exposure.{package}.{name}",
        name=name,
        package_name=package,
        path=file.path,
        properties_path=file.path,
        description=entry.get("description") or "",
        enabled=config.get("enabled", True) is not False,
        tags=tuple(tags),
        meta=meta,
        config={**config, "tags": tags, "meta": meta},
        undecided=undecided,
        fqn=fqn,
        type=str(entry.get("type") or ""),
        owner=as_mapping(entry.get("owner")),
        references=tuple(references),
    )


def add_group(state: State, properties: PropertiesFile, entry: dict[str, Any]) -> None:
    """Put the group an entry declares into the state."""
    file = properties.file
    name, package = entry["name"], file.package
    folders = os.path.splitext(file.relative)[0].split("/")[:-1]
    patch = as_mapping(entry.get("config"))
    config = state.configs.build("group", [package, *folders, name], package, None, patch)
    group = Group(
        unique_id=f"group.{package}.{name}",
        name=name,
        package_name=package,
        path=file.path,
        properties_path=file.path,
        description=entry.get("description") or "",
        meta=as_mapping(config.get("meta")),
        config=config,
        owner=as_mapping(entry.get("owner")),
    )
    if group.unique_id in state.groups:
        other = state.groups[group.unique_id]
        state.problems.append(
            Problem(
                message=f"Two groups are named {name!r}: {other.path} and {file.path}",
                kind="duplicate",
                path=file.path,
                resource=group.unique_id,
            )
        )
        return
    state.groups[group.unique_id] = group
