"""Whether a word of a query stands where rows are chosen, or where a value is made."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot.tokenizer_core import Token, TokenType

_CONDITIONS = frozenset(
    {TokenType.WHERE, TokenType.HAVING, TokenType.QUALIFY, TokenType.ON, TokenType.LIMIT}
)
_READS = frozenset({TokenType.FROM, TokenType.JOIN})
_MAKES = frozenset({TokenType.SELECT, TokenType.VALUES})


def chooses_rows(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at `index` says only which rows there are.

    That is so in conditions, in a subquery of one, and among what is read (`from range(...)`). What
    a select list has becomes a value, and so does what a CTE or a subquery in FROM selects: whoever
    reads them may do anything with it.
    """
    clause, opened = _around(tokens, index)
    if clause in _CONDITIONS or clause in _READS:
        return True
    while clause is TokenType.SELECT and opened > 0:
        if tokens[opened - 1].token_type is TokenType.ALIAS:
            return False
        clause, opened = _around(tokens, opened)
        if clause in _CONDITIONS:
            return True
    return False


def part_and_column(tokens: Sequence[Token], index: int) -> tuple[str, str] | None:
    """The CTE, or the subquery in FROM, in whose own select list the token stands, and the column
    that it is part of; by their names."""
    clause, opened = _around(tokens, index)
    name = _name_of_part(tokens, opened) if clause is TokenType.SELECT and opened > 0 else None
    if name is None:
        return None
    depth = sum(_step(one) for one in tokens[opened + 1 : index])
    for at in range(index + 1, len(tokens)):
        kind = tokens[at].token_type
        if depth == 0 and (kind is TokenType.R_PAREN or kind in _NEXT):
            last = tokens[at - 1]
            is_name = last.token_type in _NAMES and at - 1 > index
            return (name, last.text.lower()) if is_name else None
        depth += _step(tokens[at])
    return None


def _name_of_part(tokens: Sequence[Token], opened: int) -> str | None:
    """`name as (...)` or `from (...) as name`, of the parentheses that begin there."""
    before = tokens[opened - 1].token_type
    if before is TokenType.ALIAS:
        return tokens[opened - 2].text.lower()
    closed = _closed(tokens, opened)
    if before not in _READS or not closed:
        return None
    named = [one for one in tokens[closed + 1 : closed + 3] if one.token_type in _NAMES]
    return named[0].text.lower() if named else None


_NEXT = frozenset({TokenType.COMMA, TokenType.FROM})
_NAMES = frozenset({TokenType.VAR, TokenType.IDENTIFIER})


def _step(token: Token) -> int:
    return (token.token_type is TokenType.L_PAREN) - (token.token_type is TokenType.R_PAREN)


def keeps_out_the_future(tokens: Sequence[Token], index: int) -> bool:
    """Whether the call at `index` is an upper bound: `a <= now()`, `now() > a`, `between a and
    now()`, alone or in a function that gives no less for a later time, as `year(now())`.

    Then it decides when a row comes, as the data does; a row that is there stays.
    """
    first, last = index, _closed(tokens, index + 1) or index
    while not _is_upper_bound(tokens, first, last):
        around = _growing(tokens, first, last)
        if around is None:
            return False
        first, last = around
    return True


def _is_upper_bound(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether what the tokens say has to be more than something."""
    before = tokens[first - 1].token_type if first else None
    if before in _LESS or (before is TokenType.AND and _is_between(tokens, first - 1)):
        return True
    after = _after_type(tokens, last + 1)
    return before not in _SUMS and after < len(tokens) and tokens[after].token_type in _MORE


def _growing(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """The call around the tokens, if they are an argument by themselves and make it grow."""
    after = _after_type(tokens, last + 1)
    if tokens[first - 1].token_type not in _ARGUMENT_BEFORE or after >= len(tokens):
        return None
    if tokens[after].token_type not in _ARGUMENT_AFTER:
        return None
    depth, opened = 0, first - 1
    while opened > 0 and (depth or tokens[opened].token_type is not TokenType.L_PAREN):
        depth -= _step(tokens[opened])
        opened -= 1
    closed = _closed(tokens, opened)
    if not closed or tokens[opened - 1].text.lower() not in _GROW:
        return None
    return opened - 1, closed


def _closed(tokens: Sequence[Token], opened: int) -> int:
    """The end of the parentheses that begin there; 0 if none do."""
    depth = 0
    for at in range(opened, len(tokens)):
        depth += _step(tokens[at])
        if depth <= 0:
            return at if depth == 0 and at > opened else 0
    return 0


def _after_type(tokens: Sequence[Token], at: int) -> int:
    """The token after a `::date`, if one stands there."""
    return at + 2 if at < len(tokens) and tokens[at].token_type is TokenType.DCOLON else at


_LESS = frozenset({TokenType.LT, TokenType.LTE})
_MORE = frozenset({TokenType.GT, TokenType.GTE})
_SUMS = frozenset({TokenType.DASH, TokenType.PLUS, TokenType.STAR, TokenType.SLASH})
_ARGUMENT_BEFORE = frozenset({TokenType.L_PAREN, TokenType.COMMA})
_ARGUMENT_AFTER = frozenset({TokenType.R_PAREN, TokenType.COMMA, TokenType.ALIAS})
_GROW = frozenset(
    {
        "cast", "try_cast", "date", "to_date", "timestamp", "datetime", "date_trunc", "trunc",
        "last_day", "year", "coalesce", "ifnull", "nvl", "least", "dateadd", "date_add",
    }
)  # fmt: skip
"""Functions that give no less for a later time, whichever argument it is."""


def _is_between(tokens: Sequence[Token], index: int) -> bool:
    """Whether an AND belongs to a BETWEEN."""
    depth = 0
    for at in range(index - 1, -1, -1):
        kind = tokens[at].token_type
        depth += (kind is TokenType.R_PAREN) - (kind is TokenType.L_PAREN)
        if not depth and (kind is TokenType.BETWEEN or kind in _ENDS):
            return kind is TokenType.BETWEEN
    return False


_ENDS = frozenset({TokenType.AND, TokenType.OR}) | _CONDITIONS | _MAKES


def _around(tokens: Sequence[Token], index: int) -> tuple[TokenType | None, int]:
    """The clause a token stands in, and the parenthesis before its query; -1 without one."""
    clause, opened = _in_parentheses(tokens, index)
    while clause is None and opened >= 0:
        clause, opened = _in_parentheses(tokens, opened)
    return clause, opened


def _in_parentheses(tokens: Sequence[Token], index: int) -> tuple[TokenType | None, int]:
    """The same within the innermost parentheses: None where there is no query in them."""
    depth, clause, is_query = 0, None, False
    at = index
    while (at := at - 1) >= 0:
        kind = tokens[at].token_type
        if kind is TokenType.R_PAREN:
            depth += 1
        elif kind is TokenType.L_PAREN:
            if not depth:
                break
            depth -= 1
        elif not depth and (kind in _CONDITIONS or kind in _READS or kind in _MAKES):
            is_query = is_query or kind in _MAKES
            # `distinct on (...)` and `is distinct from` begin no clause
            before = tokens[at - 1].token_type if at else None
            if clause is None and before is not TokenType.DISTINCT:
                clause = kind
    # `extract(year from ...)` and `filter (where ...)` are no queries
    return (clause if is_query else None), at
