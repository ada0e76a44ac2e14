"""Functions whose result differs from run to run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from platform_cli.project.sql.clause import chooses_rows, keeps_out_the_future
from platform_cli.project.sql.compared import only_compared
from platform_cli.project.sql.positions import SqlSpan
from platform_cli.project.sql.tree import Tree

_NAMES = frozenset(
    {
        "now", "today", "random", "rand", "uuid", "gen_random_uuid", "generate_uuid", "uuid_string",
        "uuidv4", "uuidv7", "newid", "getdate", "getutcdate", "sysdate", "sysdatetime",
        "systimestamp",
        "current_timestamp", "current_date", "current_time", "current_datetime", "localtime",
        "localtimestamp", "transaction_timestamp", "statement_timestamp", "clock_timestamp",
        "get_current_timestamp", "get_current_time", "utc_timestamp", "curdate", "curtime", "randn",
        "current_localtimestamp", "current_localtime", "uuid_generate_v4",
    }
)  # fmt: skip
_WITHOUT_PARENTHESES = {
    TokenType.CURRENT_DATE: "current_date",
    TokenType.CURRENT_DATETIME: "current_datetime",
    TokenType.CURRENT_TIME: "current_time",
    TokenType.CURRENT_TIMESTAMP: "current_timestamp",
    TokenType.LOCALTIME: "localtime",
    TokenType.LOCALTIMESTAMP: "localtimestamp",
}
_CHANCE = frozenset(
    {
        "random", "rand", "randn", "uuid", "gen_random_uuid", "generate_uuid", "uuid_string",
        "uuidv4", "uuidv7", "newid", "uuid_generate_v4",
    }
)  # fmt: skip
"""Of these, no two calls give the same; the others tell the time."""
_ANY = re.compile(rf"\b({'|'.join(sorted(_NAMES))})\b", re.IGNORECASE)
_NEED_ORDER = frozenset(
    {
        exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue, exp.Rank,
        exp.DenseRank, exp.Ntile,
    }
)  # fmt: skip
_CONVERSIONS = (exp.Cast, exp.TryCast, exp.AtTimeZone, exp.Paren)


def volatile(tree: Tree) -> Iterator[SqlSpan]:
    """Calls that give another value each time, and what becomes of it."""
    return _calls(tree, choosing=False)


def choosing(tree: Tree) -> Iterator[SqlSpan]:
    """Calls of the time that say which rows there are, and are no value in them.

    Not those that only keep out what lies in the future.
    """
    return _calls(tree, choosing=True)


def _calls(tree: Tree, *, choosing: bool) -> Iterator[SqlSpan]:
    """Found by their words."""
    if not _ANY.search(tree.rendered.text):
        return
    tokens = tree.tokens
    found: list[tuple[Token, str]] = []
    for index, token in enumerate(tokens):
        follows = tokens[index + 1].token_type if index + 1 < len(tokens) else None
        called = follows is TokenType.L_PAREN
        name = _WITHOUT_PARENTHESES.get(token.token_type)
        if name is None and called and token.text.lower() in _NAMES:
            name = token.text.lower()
        after_dot = index > 0 and tokens[index - 1].token_type is TokenType.DOT
        if name is not None and not after_dot and token.token_type is not TokenType.IDENTIFIER:
            # `as now`, `as current_date`: the name of a column
            is_alias = index > 0 and tokens[index - 1].token_type is TokenType.ALIAS
            if (called or not is_alias) and not _is_computed(tokens, index, name):
                chooses = name not in _CHANCE and (
                    chooses_rows(tokens, index) or only_compared(tree, index)
                )
                if chooses is choosing and not (chooses and keeps_out_the_future(tokens, index)):
                    found.append((token, name))
    if not found:
        return
    columns = _made_alone(tree)
    for token, name in found:
        following = [(start, alias) for start, alias in columns if start > token.start]
        alias, home = _column(tree, token, following)
        yield tree.span_of_token(name, f"{home}function:{name}", token, alias)


def unordered(tree: Tree) -> Iterator[SqlSpan]:
    """Window functions that take one row before another without saying which comes first."""
    for window in tree.of(exp.Window):
        function = window.this
        while isinstance(function, exp.IgnoreNulls | exp.RespectNulls | exp.Filter):
            function = function.this
        if type(function) not in _NEED_ORDER or window.args.get("order") is not None:
            continue
        if window.args.get("alias") is not None or function.args.get("order") is not None:
            continue  # a named window, whose order stands elsewhere
        if any(function.find_all(exp.Order)):
            continue
        name = function.sql_name().lower()
        yield tree.span_of(name, f"{tree.home(window)}window:{name}", function)


def _is_computed(tokens: list[Token], index: int, name: str) -> bool:
    """Snowflake's `uuid_string(namespace, name)` gives the same for the same."""
    rest = tokens[index + 2 : index + 3]
    return name == "uuid_string" and bool(rest) and rest[0].token_type is not TokenType.R_PAREN


def _made_alone(tree: Tree) -> list[tuple[int, exp.Alias]]:
    """Columns that are a value by itself, with the place of their name."""
    found = []
    for alias in tree.of(exp.Alias):
        value = alias.this
        while isinstance(value, _CONVERSIONS):
            value = value.this
        if isinstance(value, exp.Func | exp.Anonymous):
            start = tree.start(alias.args["alias"])
            if start >= 0:
                found.append((start, alias))
    return sorted(found, key=_start)


def _start(found: tuple[int, exp.Alias]) -> int:
    return found[0]


def _column(tree: Tree, token: Token, following: list[tuple[int, exp.Alias]]) -> tuple[str, str]:
    """The column that a call becomes, empty if none; and the CTE it stands in."""
    at = tree.token_at(token.start)
    if following:
        start, alias = following[0]
        between = tree.tokens[at + 1 : tree.token_at(start)]
        if not any(one.token_type in _ENDS for one in between) and len(between) < _NEAR:
            return str(alias.alias).lower(), tree.home(alias)
    return "", tree.home_of(token)


_ENDS = frozenset({TokenType.COMMA, TokenType.FROM, TokenType.WHERE, TokenType.SELECT})
_NEAR = 12
