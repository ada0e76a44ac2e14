"""Rule: yaml-columns-match-select-list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from platform_cli.conventions.rule import UndecidedError, Violation, known, query_of, rule
from platform_cli.errors import did_you_mean
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Undecided
from platform_cli.project.sql.positions import SqlSpan
from platform_cli.project.sql.queries import Queries
from platform_cli.project.sql.query import ANY

QUOTES = '"`'


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
    there = {name.lower() for name in selected}
    for name, column in declared.items():
        if name.lower() not in there and name.strip(QUOTES).lower() not in there:
            yield Violation(
                f"{name} is declared, and the SQL selects no such column",
                at=column,
                help=did_you_mean(name, selected) or "select it, or remove the entry",
            )
    if both_ways or known(model, "config.contract.enforced"):
        written = {name.strip(QUOTES).lower() for name in declared}
        for name in selected:
            if name.lower() not in written:
                yield Violation(
                    f"the SQL selects {name}, which is not declared",
                    at=SqlSpan(name, f"column:{name.lower()}"),
                    help=f"add `- name: {name}` to the columns",
                )


def _names(model: Model, project: Project, queries: Queries, seen: set[str]) -> Sequence[str]:
    """The select list of a model, stars over other models written out."""
    columns = query_of(model, queries).columns
    if columns is None:
        raise UndecidedError("columns", Undecided("its select list is not written out"))
    if not any(column.startswith(ANY) for column in columns):
        return columns
    seen.add(model.unique_id)
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
