"""Read a whole project from its files."""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec.structs import replace

from platform_cli.errors import PlatformError
from platform_cli.project.files.inputs import Inputs
from platform_cli.project.files.tree import InputFile, decode
from platform_cli.project.files.yaml_files import load_yaml
from platform_cli.project.problem import Problem, problem_of
from platform_cli.project.reading.configs import Configs
from platform_cli.project.reading.consequences import without_consequences
from platform_cli.project.reading.cycles import cycles
from platform_cli.project.reading.docs import Descriptions, Docs, read_docs
from platform_cli.project.reading.final_checks import final_problems
from platform_cli.project.reading.kept_facts import KeptFacts
from platform_cli.project.reading.linking import Linker
from platform_cli.project.reading.opening import Opening
from platform_cli.project.reading.relation_names import RelationNames
from platform_cli.project.reading.spaces import spaces
from platform_cli.project.reading.sql_nodes import add_file_nodes
from platform_cli.project.reading.state import State
from platform_cli.project.reading.undefined_names import undefined_names
from platform_cli.project.reading.unit_tests import read_unit_tests
from platform_cli.project.reading.wrong_keys import key_twice
from platform_cli.project.reading.yaml_nodes import YamlNodes
from platform_cli.project.resources import AnyResource, Exposure, Macro, Resource, Source, Undecided
from platform_cli.project.settings.world import World


class Loaded:
    """What a load found: resources, disabled ones, problems, and the world they live in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.resources: dict[str, AnyResource] = {}
        self.disabled: dict[str, AnyResource] = {}
        self.macros: list[Macro] = []
        self.problems: list[Problem] = []


def load_project(opening: Opening) -> Loaded:
    """Everything the project's files say; what is wrong becomes a problem."""
    world, inputs, facts, problems = opening.world, opening.inputs, opening.facts, opening.problems
    state = State(
        root=world.root,
        packages=world.packages,
        scopes=world.scopes,
        configs=Configs(world.root, world.packages),
        names=RelationNames(world.target, world.scopes, opening.kept.names),
        problems=problems,
    )
    docs: Docs = {}
    for name, settings in world.packages.items():
        read_docs(settings, world.files[name], inputs, docs, problems)
        add_file_nodes(state, settings, world.files[name], facts)
    yaml_nodes = YamlNodes(state, facts)
    for file, data in _properties(world, inputs, problems, opening.kept):
        yaml_nodes.read(file, data)
    _move_disabled(state)
    yaml_nodes.finish_sources()
    linker = Linker(state)
    for node in state.nodes.values():
        linker.link(node)
    problems += (*final_problems(state), *undefined_names(state))
    loaded = Loaded(world)
    descriptions = Descriptions(docs, world.root.name, world.scopes)
    _finish_nodes(state, descriptions, loaded)
    for source in state.sources.values():
        loaded.resources[source.unique_id] = _described(source, descriptions)
    for exposure in yaml_nodes.exposures:
        _add_other(loaded, _described(linker.link_exposure(exposure), descriptions))
    for group in state.groups.values():
        loaded.resources[group.unique_id] = group
    for properties, entry in yaml_nodes.unit_tests:
        for test in read_unit_tests(state, linker.refs, properties, entry):
            _add_other(loaded, test)
    loaded.macros = yaml_nodes.macros
    problems += loaded.problems
    problems += (*cycles(loaded.resources.values()), *spaces(loaded.resources.values()))
    loaded.problems = without_consequences(problems)
    for other in state.disabled_others:
        loaded.disabled[other.unique_id] = other
    return loaded


def _properties(
    world: World, inputs: Inputs, problems: list[Problem], kept: KeptFacts
) -> list[tuple[InputFile, Any]]:
    found = []
    for name, settings in world.packages.items():
        for suffix in (".yml", ".yaml"):
            for file in world.files[name].find(settings.yaml_folders, suffix):
                try:
                    content = inputs.read(file)
                    seal = inputs.digests[file.absolute]
                    read = partial(_yaml_value, content, file.path)
                    if b"&" in content:  # an anchor's value is shared, which no copy is
                        value, twice = read()
                    else:
                        value, twice = kept.value(f"yaml {file.absolute}", seal, read)
                    found.append((file, value))
                    if name == world.root.name:
                        problems += (key_twice(file.path, *one) for one in twice)
                except PlatformError as error:
                    problems.append(problem_of(error, "yaml"))
    return found


def _yaml_value(content: bytes, path: str) -> tuple[Any, list[Any]]:
    """The value, and the keys that are there twice."""
    twice: list[Any] = []
    return load_yaml(decode(content, path), path, twice), twice


def _move_disabled(state: State) -> None:
    """Properties files may have switched nodes off or on."""
    for unique_id, node in list(state.nodes.items()):
        if node.config.get("enabled") is False:
            node.enabled = False
            del state.nodes[unique_id]
            state.disabled.setdefault(unique_id, []).append(node)
    for unique_id, drafts in list(state.disabled.items()):
        for node in list(drafts):
            if node.config.get("enabled") is not False:
                node.enabled = True
                drafts.remove(node)
                if not drafts:
                    del state.disabled[unique_id]
                state.add(node)


def _finish_nodes(state: State, descriptions: Descriptions, loaded: Loaded) -> None:
    for node in state.nodes.values():
        if node.description:
            text = descriptions.render(node.description, node.package_name, node.path)
            if isinstance(text, Undecided):
                node.undecided["description"] = text
            else:
                node.description = text
        if node.columns:
            node.columns = descriptions.columns(
                node.columns, node.package_name, node.path, node.undecided
            )
        loaded.resources[node.unique_id] = node.finish()  # type: ignore[assignment]
    for drafts in state.disabled.values():
        # several files may hold a disabled node of one id; the first stands for all
        loaded.disabled[drafts[0].unique_id] = drafts[0].finish()  # type: ignore[assignment]


def _described(resource: Any, descriptions: Descriptions) -> Any:
    """A source or exposure with its descriptions rendered."""
    changes: dict[str, Any] = {}
    undecided = dict(resource.undecided)
    names = ["description"] + (["source_description"] if isinstance(resource, Source) else [])
    for name in names:
        text = descriptions.render(getattr(resource, name), resource.package_name, resource.path)
        if isinstance(text, Undecided):
            undecided[name] = text
        else:
            changes[name] = text
    if isinstance(resource, Source) and resource.columns:
        changes["columns"] = descriptions.columns(
            resource.columns, resource.package_name, resource.path, undecided
        )
    return replace(resource, undecided=undecided, **changes)


def _add_other(loaded: Loaded, resource: Exposure | Resource) -> None:
    store = loaded.resources if resource.enabled else loaded.disabled
    if resource.unique_id in store and store is loaded.resources:
        loaded.problems.append(
            Problem(
                message=f"Two {resource.unique_id.split('.')[0].replace('_', ' ')}s are named "
                f"{resource.name!r}: {store[resource.unique_id].path} and {resource.path}",
                kind="duplicate",
                path=resource.path,
                resource=resource.unique_id,
            )
        )
        return
    store[resource.unique_id] = resource  # type: ignore[assignment]
