"""Unit tests: one for the model, or one for each version of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from platform_cli.project.problem import Problem
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.resolve import Refs
from platform_cli.project.reading.state import State
from platform_cli.project.resources import Undecided, UnitTest

if TYPE_CHECKING:
    from platform_cli.project.reading.properties import PropertiesFile

MODEL = frozenset({"model"})


def read_unit_tests(
    state: State, refs: Refs, properties: PropertiesFile, entry: dict[str, Any]
) -> list[UnitTest]:
    """The unit tests an entry stands for, after all nodes are known. Not enabled: the model is
    disabled, or the test itself."""
    file = properties.file
    name, model, package = entry["name"], str(entry.get("model", "")), file.package
    folders = os.path.normpath(file.original).split("/")[1:-1]
    config_patch = entry.get("config") if isinstance(entry.get("config"), dict) else None
    fqn = (package, *folders, model, name)
    config = state.configs.build("unit_test", fqn, package, None, config_patch)
    undecided = {
        f"config.{key}": value for key, value in config.items() if isinstance(value, Undecided)
    }
    config = {key: value for key, value in config.items() if not isinstance(value, Undecided)}
    enabled = config.get("enabled", True) is not False
    test = UnitTest(
        unique_id=f"unit_test.{package}.{model}.{name}",
        name=name,
        package_name=package,
        path=file.path,
        properties_path=file.path,
        description=entry.get("description") or "",
        enabled=enabled,
        tags=tuple(config.get("tags", ())),
        meta=config.get("meta", {}),
        config=config,
        undecided=undecided,
        fqn=fqn,
        model=model,
    )
    tested = _tested(state, refs, package, model)
    if tested is None:
        if enabled:
            near = refs.near(model)
            state.problems.append(
                Problem(
                    message=f"Unit test {name!r} is for model {model!r}, which does not exist",
                    kind="ref",
                    path=file.path,
                    hint=f"did you mean {' or '.join(map(repr, near))}?" if near else "",
                    resource=test.unique_id,
                    missing=model,
                )
            )
        return [_with(test, enabled=False)]
    if not tested.enabled or not enabled:
        return [_with(test, enabled=False)]
    if unknown := tested.undecided.get("schema"):
        test = _with(test, undecided={**undecided, "schema": unknown})
    if unknown := tested.undecided.get("enabled"):
        test = _with(test, undecided={**test.undecided, "enabled": unknown})
    if not tested.versioned:
        return [_with(test, depends_on=(tested.unique_id,), schema=tested.schema)]
    versions = _wanted(state, tested, entry.get("versions"))
    return [
        _with(
            test,
            unique_id=f"{test.unique_id}_v{node.version}",
            depends_on=(node.unique_id,),
            schema=tested.schema,
        )
        for node in versions
    ]


def _tested(state: State, refs: Refs, package: str, model: str) -> Draft | None:
    words = model.split()
    if not words:
        return None
    version = words[1] if len(words) == 2 else None  # noqa: PLR2004
    ids = refs.unique_ids(words[0], package, version)
    if ids:
        return state.nodes[ids[0]]
    hidden = refs.disabled(words[0], package, version, MODEL)
    return hidden[0] if hidden else None


def _wanted(state: State, tested: Draft, versions: Any) -> list[Draft]:
    every = [
        node
        for node in state.nodes.values()
        if node.resource_type == "model"
        and node.versioned
        and node.package_name == tested.package_name
        and node.name == tested.name
    ]
    if not isinstance(versions, dict):
        return every
    if versions.get("exclude"):
        return [node for node in every if node.version not in versions["exclude"]]
    if versions.get("include"):
        return [node for node in every if node.version in versions["include"]]
    return []


def _with(test: UnitTest, **changes: Any) -> UnitTest:
    from msgspec.structs import replace

    return replace(test, **changes)
