"""What the rules about SQL have to know of a query: kept between runs, small where all is well."""

from __future__ import annotations

from msgspec import Struct

from platform_cli.project.sql.positions import SqlSpan

ANY = "*"
"""In front of a resource's unique id: all the columns it has."""


class Query(Struct, frozen=True, array_like=True):
    """The facts of one node's SQL. Of an incremental model, those of both of its texts.

    Spans come in the order of the file. What a macro wrote is left out, unless a field says
    otherwise: nobody can mend it here.
    """

    columns: tuple[str, ...] | None = None
    """The names of the final select list as written, or `*<unique id>` for all of a resource's;
    None when they cannot be told."""
    stars: tuple[SqlSpan, ...] = ()
    """Stars that pass on whatever columns a relation has, to the final select list. `name` is the
    relation, by unique id where it is a resource."""
    reads: tuple[SqlSpan, ...] = ()
    """Each place where a resource is read, by unique id; what macros read too, not `exact`."""
    relations: tuple[SqlSpan, ...] = ()
    """Relations and files that are named by hand, as written."""
    volatile: tuple[SqlSpan, ...] = ()
    """Calls that give another value each time; what macros wrote too. `detail` is the column that
    the value becomes, by itself or converted."""
    choosing: tuple[SqlSpan, ...] = ()
    """Calls of the time of which no value comes into the table: they choose its rows, in a first
    run. What macros wrote too."""
    unordered: tuple[SqlSpan, ...] = ()
    """Window functions that need an order and have none."""
    joins: tuple[SqlSpan, ...] = ()
    """What is joined, by its alias. `detail`: `comma`, `bare` (no condition), `true` (an inner join
    whose condition always holds), `cross` (explicit), `where` (its condition stands there), `join`.
    Functions and lateral joins are left out."""
    undone: tuple[SqlSpan, ...] = ()
    """Columns in a WHERE that undo an outer join; `detail` is the alias of what is joined."""
    multiplied: tuple[SqlSpan, ...] = ()
    """Aggregates of one side of a join; `detail` is the unique id of the other side and its
    columns in the condition: more than one row of them counts a value more than once."""
    unions: tuple[SqlSpan, ...] = ()
    """Set operations that say neither ALL nor DISTINCT (`detail` is empty), or with another
    number of columns on each side (`detail` has both)."""
    clauses: tuple[SqlSpan, ...] = ()
    """WHERE, GROUP BY, HAVING, QUALIFY, DISTINCT, LIMIT of a snapshot, in lower case."""
    changes: tuple[SqlSpan, ...] = ()
    """Statements that are no query."""
    filtered: tuple[str, ...] = ()
    """Names of columns in conditions, in lower case."""
    mentioned: tuple[str, ...] = ()
    """Names of all columns, in lower case; only of a query that reads a snapshot."""
    incremental: bool | None = None
    """Whether an incremental run has a condition more than a first one; None when the model has
    one text only."""
    passed: tuple[tuple[str, ...], ...] | None = None
    """By resource: its unique id, then the columns whose value a column is, at most converted. As
    `name`, or as `name` and `old name` with a NUL between; in lower case. Where the value may come
    from several, it is with each of them. None where nobody asked: see `Origins`."""
    computed: tuple[tuple[str, ...], ...] = ()
    """The same for what is computed from columns; without a unique id, that cannot be told."""
    one_row: bool = False
    """Whether it makes one row of all that it reads."""
