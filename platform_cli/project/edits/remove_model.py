"""Models that go: their SQL, their entries and their unit tests."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from platform_cli.project.edits.drafts import Drafts
from platform_cli.project.edits.edit import DeleteFile, Edit, RefusedError, Remove, entry_way
from platform_cli.project.entry_place import Item
from platform_cli.project.made_path import made_path
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, UnitTest


def remove_models(project: Project, models: Iterable[Model]) -> Drafts:
    """The files without these models; a properties file that says nothing else goes, too.

    Raises RefusedError for a model with versions, and for an entry that cannot be taken out.
    """
    drafts = Drafts(project.root)
    every = list(models)
    touched: dict[str, None] = {}
    for model in every:
        if model.version is not None:
            raise RefusedError(f"{model.name} has versions: they are removed by hand")
        edits: list[Edit] = [DeleteFile(model.path)]
        if model.properties_path:
            edits.append(Remove(model.properties_path, entry_way(model)))
        edits += [
            Remove(one.path, ("unit_tests", Item(one.name))) for one in _unit_tests(project, model)
        ]
        touched |= dict.fromkeys(one.path for one in edits[1:])
        drafts.make(edits)
        if (project.root / made_path(model.name)).is_file():
            drafts.make([DeleteFile(made_path(model.name))])
    for path in touched:
        if _says_nothing(drafts.text(path) or ""):
            drafts.make([DeleteFile(path)])
    return drafts


def _unit_tests(project: Project, model: Model) -> list[UnitTest]:
    every = (*project.resources.values(), *project.disabled.values())
    return [one for one in every if isinstance(one, UnitTest) and _tests(one, model)]


def _tests(one: UnitTest, model: Model) -> bool:
    return one.package_name == model.package_name and one.model == model.name


def _says_nothing(text: str) -> bool:
    """Whether a properties file describes nothing any more."""
    value = yaml.load(text, yaml.CSafeLoader)
    return not value or (isinstance(value, dict) and value.keys() <= {"version"})
