"""Joins: without a condition, undone by a WHERE, or multiplying what is summed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from platform_cli.project.sql.tree import Tree, resource_of, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlglot.tokenizer_core import Token

    from platform_cli.project.sql.positions import SqlSpan

_JOIN = frozenset({TokenType.JOIN, TokenType.COMMA})
_WITHOUT_CONDITION = frozenset({"NATURAL", "POSITIONAL"})
_COMPARISONS = (
    exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.ILike, exp.Between, exp.In,
)  # fmt: skip
_UNSAID = frozenset({"comma", "bare", "true"})
_AGGREGATES = (exp.Sum, exp.Avg)
_NOT_ADDED = frozenset({"SEMI", "ANTI", "CROSS"})
_REAL = (exp.Table, exp.Subquery)


def joins(tree: Tree) -> Iterator[SqlSpan]:
    """Every join with a relation or subquery, with what it says about its condition."""
    for select in tree.of(exp.Select):
        aliases: set[str] = set()
        for source, join in sources_of(select):
            if join is not None and _is_relation(source, aliases):
                token = _token(tree, source)
                if token is not None:
                    alias = source.alias_or_name.lower()
                    detail = _condition(join, is_comma=token.token_type is TokenType.COMMA)
                    if detail in _UNSAID and _is_related(select, alias):
                        detail = "where"
                    anchor = f"{tree.home(select)}join:{alias}"
                    yield tree.span_of_token(alias, anchor, token, detail)
            aliases.add(source.alias_or_name.lower())


def undone(tree: Tree) -> Iterator[SqlSpan]:
    """Conditions in a WHERE that no row passes for which an outer join found nothing.

    The first one of each join: it is undone once.
    """
    for select in tree.of(exp.Select):
        where = select.args.get("where")
        if where is None:
            continue
        optional = {
            source.alias_or_name.lower()
            for source, join in sources_of(select)
            if join is not None and join.side == "LEFT" and join.kind not in {"SEMI", "ANTI"}
        } - {""}  # `left join unnest(a) as x` of BigQuery: x is a column, and of no table
        for condition in _all_hold(where.this) if optional else ():
            for column in _needed(condition):
                alias = column.table.lower()
                if alias in optional:
                    optional.discard(alias)
                    anchor = f"{tree.home(select)}undone:{alias}"
                    yield tree.span_of(column.name, anchor, column, alias)


def multiplied(tree: Tree) -> Iterator[SqlSpan]:
    """Aggregates of one side where the other side of a join is a resource, with its columns."""
    selects = {
        id(select): select
        for one in tree.of(*_AGGREGATES)
        if (select := one.find_ancestor(exp.Select)) is not None
    }
    for select in selects.values():
        before: set[str] = set()
        for source, join in sources_of(select):
            alias = source.alias_or_name.lower()
            if join is not None and join.kind not in _NOT_ADDED and not join.method:
                unique_id, columns = _imported(tree, source), _equal(join, alias)
                summed = _summed(select, before) if unique_id and columns else None
                if unique_id and summed is not None:
                    detail = " ".join([unique_id, *sorted(columns)])
                    anchor = f"{tree.home(select)}multiplied:{alias}"
                    yield tree.span_of(summed.sql_name().lower(), anchor, summed, detail)
            before.add(alias)


def _token(tree: Tree, source: exp.Expr) -> Token | None:
    """The comma or the word JOIN in front of what is joined."""
    start = tree.start(source)
    if isinstance(source, exp.Subquery):
        # The subquery's own first words have no places, and may have commas between them.
        depth = 0
        for index in range(tree.token_at(start) - 1, -1, -1):
            kind = tree.tokens[index].token_type
            depth += (kind is TokenType.R_PAREN) - (kind is TokenType.L_PAREN)
            if depth < 0 and kind is TokenType.L_PAREN:
                start = tree.tokens[index].start
                before = tree.tokens[index - 1].token_type if index else None
                if before in _JOIN:
                    break
    return tree.token_before(start, _JOIN) if start >= 0 else None


def _is_relation(source: exp.Expr, aliases: set[str]) -> bool:
    """Not a function, nor a list in a column of what stands before (`from t, t.items`)."""
    if not isinstance(source, _REAL):
        return False
    if isinstance(source, exp.Table):
        return isinstance(source.this, exp.Identifier) and source.db.lower() not in aliases
    return not isinstance(source.this, exp.Values | exp.Unnest)


def _condition(join: exp.Join, *, is_comma: bool) -> str:
    on = join.args.get("on")
    if on is not None:
        if not _always(on):
            return "join"
        # `left join x on true` keeps the rows of an empty x: no other words say that.
        return "cross" if join.side else "true"
    if is_comma:
        return "comma"
    if join.kind == "CROSS":
        return "cross"
    if join.args.get("using") or join.method in _WITHOUT_CONDITION:
        return "join"
    return "bare"


def _is_related(select: exp.Select, alias: str) -> bool:
    """Whether the WHERE compares what is joined with something else.

    A column without a table may be of any: two of them are taken for a comparison.
    """
    where = select.args.get("where")
    for one in _all_hold(where.this) if where is not None else ():
        if isinstance(one, exp.NEQ) or (isinstance(one, exp.Not) and isinstance(one.this, exp.EQ)):
            continue
        columns = {(column.table.lower(), column.name) for column in one.find_all(exp.Column)}
        mine = {table for table, _ in columns if table in {alias, ""}}
        if len(columns) > 1 and mine and any(table != alias for table, _ in columns):
            return True
    return False


def _always(condition: exp.Expr) -> bool:
    while isinstance(condition, exp.Paren):
        condition = cast("exp.Expr", condition.this)
    if isinstance(condition, exp.Boolean):
        return bool(condition.this)
    if isinstance(condition, exp.EQ):
        left, right = condition.this, condition.expression
        return isinstance(left, exp.Literal) and left == right
    return False


def _all_hold(condition: exp.Expr) -> Iterator[exp.Expr]:
    """The conditions that AND joins."""
    if isinstance(condition, exp.And):
        yield from _all_hold(cast("exp.Expr", condition.this))
        yield from _all_hold(cast("exp.Expr", condition.expression))
    elif isinstance(condition, exp.Paren):
        yield from _all_hold(cast("exp.Expr", condition.this))
    else:
        yield condition


def _needed(condition: exp.Expr) -> Iterator[exp.Column]:
    """The columns that must not be NULL for a condition to hold."""
    if isinstance(condition, exp.Not):
        inner = condition.this
        if isinstance(inner, exp.Is):
            if isinstance(inner.expression, exp.Null):
                yield from _bare(inner.this)
        elif isinstance(inner, exp.In | exp.Like | exp.ILike | exp.Between):
            yield from _bare(inner.this)
    elif isinstance(condition, _COMPARISONS):
        yield from _bare(condition.this)
        if isinstance(condition, exp.Binary):
            yield from _bare(condition.expression)


def _bare(side: object) -> Iterator[exp.Column]:
    """A column, converted or not: NULL stays NULL."""
    while isinstance(side, exp.Cast | exp.Paren):
        side = side.this
    if isinstance(side, exp.Column):
        yield side


def _imported(tree: Tree, source: exp.Expr, depth: int = 0) -> str | None:
    """The resource a source is, by itself or through a CTE that is nothing but it."""
    if not isinstance(source, exp.Table):
        return None
    unique_id = resource_of(source)
    cte = tree.cte(source) if unique_id is None else None
    if cte is None or depth > 5 or not isinstance(cte.this, exp.Select):  # noqa: PLR2004
        return unique_id
    select = cte.this
    inner = sources_of(select)
    plain = {"expressions", "from_", "kind"}
    if len(inner) != 1 or any(value for key, value in select.args.items() if key not in plain):
        return None
    star = select.expressions[0] if len(select.expressions) == 1 else None
    is_star = isinstance(star, exp.Star) and not any(star.args.values())
    return _imported(tree, inner[0][0], depth + 1) if is_star else None


def _equal(join: exp.Join, alias: str) -> set[str]:
    """The columns of a side that a join's condition compares with the other side.

    Nothing when it has other conditions too, which may leave one row of many.
    """
    if using := join.args.get("using"):
        return {one.name.lower() for one in using}
    found: set[str] = set()
    for one in _all_hold(join.args["on"]) if join.args.get("on") is not None else ():
        sides = (one.this, one.expression) if isinstance(one, exp.EQ) else ()
        columns = [side for side in sides if isinstance(side, exp.Column) and side.table]
        mine = [column.name.lower() for column in columns if column.table.lower() == alias]
        if len(columns) != 2 or len(mine) != 1:  # noqa: PLR2004
            return set()
        found.add(mine[0])
    return found


def _summed(select: exp.Select, before: set[str]) -> exp.Func | None:
    """The first aggregate of the select itself over columns of what was there before a join."""
    for projection in select.expressions:
        for one in projection.find_all(*_AGGREGATES):
            columns = list(one.find_all(exp.Column))
            if (
                columns
                and one.find_ancestor(exp.Select) is select
                and not isinstance(one.this, exp.Distinct)
                and not isinstance(one.parent, exp.Window)
                and all(column.table.lower() in before for column in columns)
            ):
                return cast("exp.Func", one)
    return None
