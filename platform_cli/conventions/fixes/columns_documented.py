"""Fix: columns-documented."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, column_of, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.entry_place import Item
from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.project import Project
from platform_cli.project.resources import Column, Model, Seed, Snapshot, Source
from platform_cli.reporting.diagnostic import Diagnostic

_DEEPEST = 20


@fix()
def columns_documented(finding: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The description of the column upstream that this one is, through aliases and CTEs."""
    column = column_of(finding, model)
    if column is None:
        raise SuggestedError("which columns matter is for a person to say")
    text = " ".join(_described(scene.project, model, column.name, 0).split())
    if not text:
        raise SuggestedError("it is computed, or described nowhere upstream for certain")
    if "{{" in text or "{%" in text:
        raise SuggestedError("its description upstream has Jinja in it")
    way = (*entry_way(model), "columns", Item(column.name), "description")
    yield SetKey(properties_home(scene.project, model), way, text)


def _described(project: Project, model: Model, name: str, depth: int) -> str:
    """The description of where the column comes from; empty when there is none."""
    from platform_cli.project.sql.passed_through import PassedThrough
    from platform_cli.project.sql.rendering import Renderer
    from platform_cli.project.sql.tree import Tree

    if model.language != "sql" or depth > _DEEPEST:
        return ""
    adapter = project.scope(model.package_name).macros.adapter
    try:
        content = (project.root / model.path).read_bytes()
        rendered = next(iter(Renderer(project.scopes, project.resources).render(model, content)))
        tree = Tree(rendered, adapter)
    except (Unknown, BrokenJinja, OSError, UnicodeDecodeError, RecursionError):
        return ""
    origin = PassedThrough(tree, lambda one, column: _has(project, one, column)).origin(name)
    parent = project.resources.get(origin.unique_id) if origin else None
    if origin is None or not isinstance(parent, Model | Seed | Snapshot | Source):
        return ""
    column = _column(parent.columns, origin.column)
    text = column.description.strip() if column else ""
    if text and not text.upper().startswith("TODO"):
        return text
    if isinstance(parent, Model):
        return _described(project, parent, origin.column, depth + 1)
    return ""


def _has(project: Project, unique_id: str, name: str) -> bool | None:
    """What a properties file lists is there; what it does not list may be, without a contract."""
    resource = project.resources.get(unique_id)
    if not isinstance(resource, Model | Seed | Snapshot | Source):
        return None
    if _column(resource.columns, name):
        return True
    return False if (resource.config.get("contract") or {}).get("enforced") else None


def _column(columns: dict[str, Column], name: str) -> Column | None:
    return next((one for one in columns.values() if one.name.lower() == name), None)
