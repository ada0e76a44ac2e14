"""Rule: style."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import SQL, UndecidedError, Violation, rule
from platform_cli.project.resources import Analysis, Model, Snapshot, Undecided
from platform_cli.project.sql.positions import SqlSpan
from platform_cli.style.styles import Styles


@rule(severity="info", opt_in=True)
def style(node: Model | Snapshot | Analysis, styles: Styles) -> Iterator[Violation]:
    """SQL is laid out as sqlfluff has it: spaces, line breaks, upper and lower case.

    ## Why
    Who reads another team's SQL reads it faster when all of it is laid out alike, and a review
    that need not talk about commas talks about the query. So it is a remark that stops nobody,
    unless `platform.yml` gives it another severity.

    ## Instead of
    ```sql
    SELECT id,code from {{ ref('stg_flights') }}
    ```

    ## Write
    ```sql
    select
        id,
        code
    from {{ ref('stg_flights') }}
    ```

    ## How
    sqlfluff's rules, by its own names and codes, on what the Jinja renders to with the macros of
    the project and its packages; only what a person wrote is found fault with. Its settings are
    the project's (`.sqlfluff`, `pyproject.toml`, ...; not those in a person's home), `-- noqa` and
    `.sqlfluffignore` hold. Without settings: layout, consistent case, explicit `as`, 100 columns,
    in the dialect of the target.
    """
    found = styles.of(node)
    for one in found.faults:
        yield Violation(
            f"{one.code} {one.name}: {one.message}",
            at=SqlSpan(one.code, f"style:{one.code}", one.line, one.column),
            help=f"mend it with --fix, or leave it: -- noqa: {one.code}"
            if one.fixable
            else f"to leave it as it is: -- noqa: {one.code}",
        )
    if found.undecided:
        why = Undecided(found.undecided, node.path, found.line)
        raise UndecidedError(SQL if found.unrendered else "layout", why)
