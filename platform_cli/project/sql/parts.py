"""What a query reads, filters, unites and mentions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from platform_cli.project.sql.columns import Arity
from platform_cli.project.sql.positions import SqlSpan
from platform_cli.project.sql.tree import Tree, resource_of, sources_of

_CONDITIONS = (exp.Where, exp.Having, exp.Qualify)
_CLAUSES = {
    TokenType.WHERE: "where",
    TokenType.GROUP_BY: "group by",
    TokenType.HAVING: "having",
    TokenType.QUALIFY: "qualify",
    TokenType.DISTINCT: "distinct",
    TokenType.LIMIT: "limit",
}
_QUERIES = (exp.Select, exp.SetOperation, exp.Subquery, exp.Values, exp.Paren, exp.Pivot, exp.Table)
_READS = frozenset({"use", "summarize", "describe", "show", "pragma", "set"})


def reads(tree: Tree) -> Iterator[SqlSpan]:
    """Each place where a resource is read."""
    for table in tree.of(exp.Table):
        unique_id = resource_of(table)
        if unique_id is not None:
            yield tree.span_of(unique_id, f"{tree.home(table)}read:{unique_id}", table)


def relations(tree: Tree) -> Iterator[SqlSpan]:
    """Relations that are named by hand."""
    for table in tree.of(exp.Table):
        if not isinstance(table.this, exp.Identifier) or resource_of(table) is not None:
            continue
        if tree.cte(table) is not None or _is_in_a_column(table):
            continue
        parts = [part.name for part in table.parts]
        name = ".".join(parts)
        if name:
            start = tree.start(table)
            end = max(_end(part) for part in table.parts)
            if start >= 0:
                anchor = f"{tree.home(table)}relation:{name.lower()}"
                yield tree.span(name, anchor, start, max(start, end) + 1)


def unions(tree: Tree) -> Iterator[SqlSpan]:
    """UNIONs that leave out ALL or DISTINCT, and those whose sides do not match."""
    kinds = (exp.Union, exp.Intersect, exp.Except)
    if not any(kind in tree.by_kind for kind in kinds):
        return
    tokens = tree.tokens
    for index, token in enumerate(tokens):
        if token.token_type is TokenType.UNION:
            follows = tokens[index + 1].token_type if index + 1 < len(tokens) else None
            if follows not in {TokenType.ALL, TokenType.DISTINCT}:
                yield tree.span_of_token("union", f"{tree.home_of(token)}union", token)
    arity = Arity(tree)
    for one in reversed([*tree.of(*kinds)]):  # from the inside: each needs the one before
        if one.args.get("by_name"):
            continue
        left = arity.of(cast("exp.Expr", one.this))
        right = arity.of(cast("exp.Expr", one.expression))
        if left is None or right is None or left == right:
            continue
        start = tree.start(cast("exp.Expr", one.expression))
        word = tree.token_before(start, _SETS) if start >= 0 else None
        if word is not None:
            name = word.text.lower()
            anchor = f"{tree.home(one)}{name} of {left} and {right}"
            yield tree.span_of_token(name, anchor, word, f"{left} and {right}")


_SETS = frozenset({TokenType.UNION, TokenType.INTERSECT, TokenType.EXCEPT})


def clauses(tree: Tree) -> Iterator[SqlSpan]:
    """What a query does to rows, by its words."""
    tokens = tree.tokens
    for index, token in enumerate(tokens):
        name = _CLAUSES.get(token.token_type)
        if name is None:
            continue
        before = tokens[index - 1].token_type if index else None
        inside = name in {"where", "distinct"} and before is not TokenType.SELECT
        # `count(distinct x)`, `filter (where x)`, `is distinct from`, `union distinct`
        if inside and (before is TokenType.L_PAREN or name == "distinct"):
            continue
        yield tree.span_of_token(name, f"{tree.home_of(token)}{name}", token)


def changes(tree: Tree) -> Iterator[SqlSpan]:
    """Statements that are no query, and every one after the first."""
    starts = [0, *(
        index + 1
        for index, token in enumerate(tree.tokens)
        if token.token_type is TokenType.SEMICOLON and index + 1 < len(tree.tokens)
    )]  # fmt: skip
    for number, start in enumerate(starts):
        token = tree.tokens[start]
        statement = tree.statements[number] if len(starts) == len(tree.statements) else None
        word = token.text.split()[0].lower() if token.text.split() else ""
        is_query = statement is None or isinstance(statement, _QUERIES) or word in _READS
        if not is_query:
            yield tree.span_of_token(word, f"statement:{word}", token)
        elif number:
            yield tree.span_of_token(word, f"statement:{word}", token, "second")


def filtered(tree: Tree) -> set[str]:
    """The names of columns in conditions."""
    found: set[str] = set()
    for condition in tree.of(*_CONDITIONS):
        found |= {column.name.lower() for column in condition.find_all(exp.Column)}
    for join in tree.of(exp.Join):
        on = join.args.get("on")
        if on is not None:
            found |= {column.name.lower() for column in on.find_all(exp.Column)}
        found |= {one.name.lower() for one in join.args.get("using") or ()}
    return found


def conditions(tree: Tree) -> list[str]:
    """The text of every condition, joins and limits, to compare two queries by."""
    kinds = (*_CONDITIONS, exp.Join, exp.Limit)
    return sorted(one.sql() for one in tree.of(*kinds))


def mentioned(tree: Tree) -> set[str]:
    """The names of all columns."""
    found = {column.name.lower() for column in tree.of(exp.Column)}
    for join in tree.of(exp.Join):
        found |= {one.name.lower() for one in join.args.get("using") or ()}
    for star in tree.of(exp.Star):
        found |= {one.name.lower() for one in star.args.get("except_") or ()}
    return found - {"*"}


def _is_in_a_column(table: exp.Table) -> bool:
    """`from t, t.items`: a list in a column of what stands before."""
    select = table.find_ancestor(exp.Select)
    first = table.parts[0].name.lower()
    if len(table.parts) < 2 or select is None:  # noqa: PLR2004
        return False
    return any(
        source.alias_or_name.lower() == first
        for source, _ in sources_of(select)
        if source is not table
    )


def _end(part: exp.Expr) -> int:
    meta = part._meta or {}  # noqa: SLF001
    return int(meta.get("end", -1))
