"""A query as the project lays its SQL out: spaces and line ends, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError
from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.resources import Model, Reference

if TYPE_CHECKING:
    from platform_cli.project.project import Project


def laid_out(project: Project, text: str, path: str, references: Sequence[Reference]) -> str:
    """The text of a model's file, laid out; as it was where that would change what it says."""
    from platform_cli.style.fixed import Fixed, fixed

    node = Model(
        unique_id=f"model.{project.name}.draft",
        name="draft",
        package_name=project.name,
        path=path,
        config={"materialized": "view"},
        references=tuple(references),
        depends_on=tuple(one.unique_id for one in references if one.unique_id),
    )
    for layout in (False, True):  # all the project's rules, or those about layout alone
        try:
            made = fixed(project, node, text, project.root, layout=layout)
        except PlatformError:
            return text
        if isinstance(made, Fixed) and _says_the_same(project, node, text, made.text):
            return made.text
    return text


def _says_the_same(project: Project, node: Model, before: str, after: str) -> bool:
    """Whether both are one query, with the same comments."""
    from sqlglot import exp

    from platform_cli.project.sql.rendering import renderer_of
    from platform_cli.project.sql.tree import Tree

    adapter = project.scope(project.name).macros.adapter
    try:
        trees = [
            Tree(next(iter(renderer_of(project).render(node, text.encode()))), adapter)
            for text in (before, after)
        ]
    except (Unknown, BrokenJinja):
        return False
    for join in (one for tree in trees for one in tree.of(exp.Join)):
        if join.args.get("kind") == "INNER":  # `join` is short for it
            join.set("kind", None)
    first, second = (one.statements for one in trees)
    comments = [[word for token in one.tokens for word in token.comments] for one in trees]
    return first == second and comments[0] == comments[1]
