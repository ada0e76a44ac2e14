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


def cte_column(tokens: Sequence[Token], index: int) -> tuple[str, str] | None:
    """The CTE in whose own select list the token stands, and the column that it is part of."""
    clause, opened = _around(tokens, index)
    if clause is not TokenType.SELECT or opened < 2:  # noqa: PLR2004  (`name as (`)
        return None
    if tokens[opened - 1].token_type is not TokenType.ALIAS:
        return None
    depth = sum(_step(one) for one in tokens[opened + 1 : index])
    for at in range(index + 1, len(tokens)):
        kind = tokens[at].token_type
        if depth == 0 and (kind is TokenType.R_PAREN or kind in _NEXT):
            last = tokens[at - 1]
            is_name = last.token_type in _NAMES and at - 1 > index
            return (tokens[opened - 2].text.lower(), last.text.lower()) if is_name else None
        depth += _step(tokens[at])
    return None


_NEXT = frozenset({TokenType.COMMA, TokenType.FROM})
_NAMES = frozenset({TokenType.VAR, TokenType.IDENTIFIER})


def _step(token: Token) -> int:
    return (token.token_type is TokenType.L_PAREN) - (token.token_type is TokenType.R_PAREN)


def keeps_out_the_future(tokens: Sequence[Token], index: int) -> bool:
    """Whether the call at `index` is an upper bound as it is: `a <= now()`, `now() > a`, `between a
    and now()`.

    Then it decides when a row comes, as the data does; a row that is there stays.
    """
    before = tokens[index - 1].token_type if index else None
    if before in _LESS:
        return True
    if before is TokenType.AND:
        return _is_between(tokens, index - 1)
    after = index + 1
    if after + 1 < len(tokens) and tokens[after].token_type is TokenType.L_PAREN:
        after += 2
    if after + 1 < len(tokens) and tokens[after].token_type is TokenType.DCOLON:
        after += 2
    return after < len(tokens) and tokens[after].token_type in _MORE


_LESS = frozenset({TokenType.LT, TokenType.LTE})
_MORE = frozenset({TokenType.GT, TokenType.GTE})


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
