"""Rule: yaml-columns-match-select-list."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import UndecidedError, Violation, known, query_of, rule
from platform_cli.errors import did_you_mean
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Undecided
from platform_cli.project.sql.positions import SqlSpan
from platform_cli.project.sql.queries import Queries
from platform_cli.project.sql.query import ANY


@rule(severity="error")
def yaml_columns_match_select_list(
    model: Model, project: Project, queries: Queries, *, both_ways: bool = False
) -> Iterator[Violation]:
    """The columns in a model's YAML are those of its select list.

    ## Why
    A description or a test of a column that is gone, or misspelt, describes nothing; dbt says so
    late, or never. Where a contract is enforced, or with `both_ways: true`, a column that is
    selected and not declared is found too.

    ## Instead of
    ```yaml
    columns:
      - name: flight_no        # the SQL selects flight_number
    ```

    ## Write
    ```yaml
    columns:
      - name: flight_number
    ```
    """
    declared = known(model, "columns")
    if not declared:
        return
    selected = _names(model, project, queries, set())
    by_name = {name.lower(): name for name in selected}
    for column in declared.values():
        if column.name.strip('"`').lower() not in by_name:
            yield Violation(
                f"{column.name} is declared, and the SQL selects no such column",
                at=column,
                help=did_you_mean(column.name, selected) or "select it, or remove the entry",
            )
    if both_ways or known(model, "config.contract.enforced"):
        there = {column.name.strip('"`').lower() for column in declared.values()}
        for name in selected:
            if name.lower() not in there:
                yield Violation(
                    f"the SQL selects {name}, which is not declared",
                    at=SqlSpan(name, f"column:{name.lower()}"),
                    help=f"add `- name: {name}` to the columns",
                )


def _names(model: Model, project: Project, queries: Queries, seen: set[str]) -> list[str]:
    """The select list of a model, stars over other models written out."""
    seen.add(model.unique_id)
    columns = query_of(model, queries).columns
    if columns is None:
        raise UndecidedError("columns", Undecided("its select list is not written out"))
    found: list[str] = []
    for column in columns:
        if not column.startswith(ANY):
            found.append(column)
            continue
        parent = project.resources.get(column.removeprefix(ANY))
        if not isinstance(parent, Model) or parent.unique_id in seen:
            reason = f"its select list ends in `*` of {column.rsplit('.', 1)[-1]}"
            raise UndecidedError("columns", Undecided(reason))
        found += _names(parent, project, queries, seen)
    return found
