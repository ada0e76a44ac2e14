"""The columns of a query that is to be a model: where each comes from, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from platform_cli.project.identifiers import quoted
from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.resources import Column, Model, column_named
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.select_list import Join, SelectedColumn, SelectList, plain

if TYPE_CHECKING:
    from platform_cli.project.lineage.columns import ColumnLineage
    from platform_cli.project.lineage.made import MadeColumn
    from platform_cli.project.project import Project
    from platform_cli.scaffold.query.draft import QueryDraft


def query_columns(
    project: Project, query: QueryDraft, parents: Sequence[Parent], described: Sequence[Column]
) -> SelectList:
    """The columns that the query makes, in DuckDB's order if it was asked.

    Of one that is a parent's column, under whatever name, with what is said of that upstream.
    """
    from platform_cli.project.lineage.columns import ColumnLineage

    lineage = ColumnLineage(project)
    made = {one.name.lower(): one for one in _made(project, lineage, query.text, parents)}
    names = [one.name for one in described] or [one.name for one in made.values()]
    kinds = {one.name: one.data_type for one in described}
    by_id = {one.resource.unique_id: one for one in parents}
    columns = []
    for name in names:
        column = SelectedColumn(name, name, kinds.get(name), "")
        one = made.get(name.lower())
        origin = one.passed_on if one is not None else None
        if origin is not None and (parent := by_id.get(origin.unique_id)):
            text_ = _said(project, lineage, origin.unique_id, origin.column)
            column = SelectedColumn(
                name=name,
                expression=f"{parent.alias}.{quoted(origin.column)}",
                data_type=kinds.get(name),
                description=text_,
                parent=parent.alias,
                original=origin.column,
            )
        columns.append(column)
    lineage.keep()
    return SelectList(tuple(columns), tuple(_joins(query, parents)))


def _joins(query: QueryDraft, parents: Sequence[Parent]) -> Iterator[Join]:
    """How other parents are joined to the first one, as far as a column of each says it."""
    by_word = dict(zip(query.parents, parents, strict=True))
    first = parents[0]
    joined: set[str] = set()
    for link in query.links:
        left, right = (link.left, link.right)
        if by_word[right.parent] is first:
            left, right = right, left
        parent = by_word[right.parent]
        if by_word[left.parent] is first and parent is not first and parent.alias not in joined:
            joined.add(parent.alias)
            yield Join(
                alias=parent.alias,
                left=f"{first.alias}.{quoted(left.column)}",
                right=f"{parent.alias}.{quoted(right.column)}",
                proposed=False,
                unique=right.column == parent.key,
            )


def with_inherited(project: Project, selected: SelectList, parents: Sequence[Parent]) -> SelectList:
    """The columns of which a parent says nothing with what is said further upstream."""
    from platform_cli.project.lineage.columns import ColumnLineage

    lineage = ColumnLineage(project)
    by_alias = {one.alias: one.resource.unique_id for one in parents}
    columns = tuple(
        replace(one, description=_said(project, lineage, by_alias[one.parent], one.original))
        if one.parent and not one.description
        else one
        for one in selected.columns
    )
    lineage.keep()
    return replace(selected, columns=columns)


def _made(
    project: Project, lineage: ColumnLineage, text: str, parents: Sequence[Parent]
) -> Iterator[MadeColumn]:
    """What lineage tells of the query; nothing when it is not understood."""
    from platform_cli.project.sql.rendering import renderer_of

    references = tuple(one.reference for one in parents)
    draft = Model(
        unique_id=f"model.{project.name}.draft",
        name="draft",
        package_name=project.name,
        path="models/draft.sql",
        config={"materialized": "view"},
        references=references,
        depends_on=tuple(one.unique_id for one in references if one.unique_id),
    )
    try:
        for rendered in renderer_of(project).render(draft, text.encode()):
            yield from lineage.of_text(rendered, draft).columns
            return
    except (Unknown, BrokenJinja):
        return


def _said(project: Project, lineage: ColumnLineage, unique_id: str, column: str) -> str:
    from platform_cli.project.lineage.described import inherited_description

    resource = project.resources.get(unique_id)
    declared = column_named(getattr(resource, "columns", {}), column)
    if declared is not None and (text := plain(declared.description)):
        return text
    inherited = inherited_description(lineage, unique_id, column)
    return plain(inherited.text) if inherited else ""
