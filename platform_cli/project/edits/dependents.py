"""What depends on a model, where it says so, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from platform_cli.errors import Where
from platform_cli.project.edits.semantic_models import semantic_models
from platform_cli.project.graph import Graph
from platform_cli.project.owner import owner_of
from platform_cli.project.project import Project
from platform_cli.project.resources import (
    AnyResource,
    DataTest,
    Exposure,
    Model,
    Node,
    UnitTest,
)
from platform_cli.project.selection.methods import kind_of


class Dependent(Struct, frozen=True):
    """A resource that would not be what it is without the model.

    `through` is the reader that it hangs on; empty for one that reads the model itself.
    """

    name: str
    kind: str
    owner: str
    where: Where
    through: str = ""


def dependents(project: Project, models: Collection[Model]) -> tuple[Dependent, ...]:
    """Readers of the models, tests of others that name them, and semantic models on them; then what
    is made from those.
    """
    ids = {one.unique_id for one in models}
    texts = _Texts(project)
    readers = [one for one in project.resources.values() if _depends(one, ids)]
    found = [_dependent(project, one, ids, texts) for one in readers]
    owners = {one.name: owner_of(one) for one in models}
    found += [
        Dependent(name, "semantic_model", owners[model], where)
        for name, model, where in semantic_models(project, owners, texts.of)
    ]
    graph = Graph(project.resources)
    direct = {one.unique_id for one in readers}
    for reader in sorted(readers, key=lambda one: one.name):
        for unique_id in sorted(graph.downstream([reader.unique_id]) - direct - ids):
            direct.add(unique_id)
            other = project.resources[unique_id]
            where = Where(other.path)
            found.append(Dependent(other.name, kind_of(other), owner_of(other), where, reader.name))
    return tuple(found)


def may_read(project: Project, models: Collection[Model]) -> Iterator[tuple[str, Where, bool]]:
    """What has references that only dbt can tell: its name, the place, and whether it names one."""
    names = [re.compile(rf"(?<!\w){re.escape(one.name)}(?!\w)") for one in models]
    texts = _Texts(project)
    for one in (*project.resources.values(), *project.disabled.values()):
        unclear = one.undecided.get("references")
        if unclear is not None and one.package_name == project.name:
            path = unclear.path or one.path
            named = any(name.search(texts.of(path)) for name in names)
            yield one.name, Where(path, unclear.line or None), named


def _depends(resource: AnyResource, ids: Collection[str]) -> bool:
    if resource.unique_id in ids or not isinstance(resource, Node | Exposure):
        return False
    if isinstance(resource, DataTest) and resource.attached_node in ids:
        return False
    if isinstance(resource, UnitTest) and any(one in ids for one in resource.depends_on[:1]):
        return False
    return any(one in ids for one in resource.depends_on)


def _dependent(
    project: Project, resource: AnyResource, ids: Collection[str], texts: _Texts
) -> Dependent:
    owner = owner_of(resource)
    attached = getattr(resource, "attached_node", None) or getattr(resource, "model", None)
    tested = project.resources.get(str(attached or ""))
    return Dependent(
        name=resource.name,
        kind=kind_of(resource),
        owner=owner or (owner_of(tested) if tested else ""),
        where=_place(project, resource, ids, texts),
    )


def _place(project: Project, resource: AnyResource, ids: Collection[str], texts: _Texts) -> Where:
    for one in getattr(resource, "references", ()):
        # In YAML the line is that in the text of the call.
        if one.unique_id in ids and one.line and resource.path.endswith((".sql", ".py")):
            return Where(resource.path, one.line, one.column or None)
    names = "|".join(re.escape(project.resources[one].name) for one in sorted(ids))
    text = texts.of(resource.path)
    found = re.search(rf"""\bref\s*\([^)]*["'](?:{names})["']""", text)
    return Where(resource.path, text.count("\n", 0, found.start()) + 1 if found else None)


class _Texts:
    """The project's files, each read once."""

    def __init__(self, project: Project) -> None:
        self._root = project.root
        self._known: dict[str, str] = {}

    def of(self, path: str) -> str:
        if path not in self._known:
            try:
                text = (self._root / path).read_bytes().decode("utf-8", errors="replace")
            except OSError:
                text = ""
            self._known[path] = text
        return self._known[path]
