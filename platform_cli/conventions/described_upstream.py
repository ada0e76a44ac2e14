"""What a column that is only passed on is called where it comes from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Seed, Snapshot, Source, column_named
from platform_cli.project.still_to_write import is_still_to_write

if TYPE_CHECKING:
    from platform_cli.project.sql.passed_through import PassedThrough

_DEEPEST = 20


def described_upstream(project: Project, model: Model, name: str, depth: int = 0) -> str:
    """The description of the column that this one is, through aliases, CTEs and other models.

    Empty when the column is computed, when where it comes from is not certain, or when nobody
    describes it there.
    """
    if model.language != "sql" or depth > _DEEPEST:
        return ""
    followed = _followed(project, model.unique_id)
    origin = followed.origin(name) if followed else None
    parent = project.resources.get(origin.unique_id) if origin else None
    if origin is None or not isinstance(parent, Model | Seed | Snapshot | Source):
        return ""
    column = column_named(parent.columns, origin.column)
    text = column.description.strip() if column else ""
    if text and not is_still_to_write(text):
        return text
    if isinstance(parent, Model):
        return described_upstream(project, parent, origin.column, depth + 1)
    return ""


@lru_cache(maxsize=32)
def _followed(project: Project, unique_id: str) -> PassedThrough | None:
    """The columns of a model; its query is read once and not for each of them."""
    from platform_cli.project.sql.passed_through import PassedThrough
    from platform_cli.project.sql.rendering import Renderer
    from platform_cli.project.sql.tree import Tree

    model = project.model(unique_id)
    adapter = project.scope(model.package_name).macros.adapter
    try:
        content = (project.root / model.path).read_bytes()
        rendered = next(iter(Renderer(project.scopes, project.resources).render(model, content)))
        tree = Tree(rendered, adapter)
    except (Unknown, BrokenJinja, OSError, UnicodeDecodeError, RecursionError):
        return None
    return PassedThrough(tree, lambda one, column: _has(project, one, column))


def _has(project: Project, unique_id: str, name: str) -> bool | None:
    """What a properties file lists is there; what it does not list may be, without a contract."""
    resource = project.resources.get(unique_id)
    if not isinstance(resource, Model | Seed | Snapshot | Source):
        return None
    if column_named(resource.columns, name):
        return True
    return False if (resource.config.get("contract") or {}).get("enforced") else None
