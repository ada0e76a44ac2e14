"""The syntax tree of rendered SQL, with what is asked of it more than once."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.sql.placeholder import MARK
from platform_cli.project.sql.positions import Rendered, SqlSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = TypeVar("Kind", bound=exp.Expr)
_DIALECTS = {
    "sqlserver": "tsql",
    "synapse": "tsql",
    "fabric": "fabric",
    "spark": "spark",
    "athena": "athena",
}


@cache
def dialect_of(adapter: str) -> Dialect:
    """sqlglot's dialect of an adapter; its own general one for an adapter it does not know."""
    # It says to nobody what it does not understand: the tree shows that.
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    try:
        return Dialect.get_or_raise(_DIALECTS.get(adapter, adapter))
    except ValueError:
        return Dialect.get_or_raise(None)


class Tree:
    """The statements of a text; nodes by their kind; names of what is read."""

    def __init__(self, rendered: Rendered, adapter: str) -> None:
        """Raises Unknown for a text that sqlglot does not understand, with the line."""
        self.rendered = rendered
        dialect = dialect_of(adapter)
        text = rendered.text
        if text.startswith("\ufeff"):  # a byte-order mark, to databases a space
            text = f" {text[1:]}"
        try:
            self.tokens: list[Token] = dialect.tokenize(text)
            parsed = dialect.parser().parse(self.tokens, text)
        except SqlglotError as error:
            raise _not_understood(error, rendered, adapter) from error
        except RecursionError as error:
            raise Unknown("its SQL is nested too deeply") from error
        except Exception as error:
            raise Unknown(f"sqlglot fails on its SQL: {error!r}") from error
        self.statements = [one for one in parsed if one is not None]
        self.by_kind: dict[type[exp.Expr], list[Any]] = {}
        for statement in self.statements:
            self._collect(statement)
        self._starts = [token.start for token in self.tokens]
        self._ctes: dict[int, dict[str, exp.CTE]] = {}
        self._holders: dict[int, exp.Expr | None] = {}
        self._homes: dict[int, str] = {}

    def of(self, *kinds: type[Kind]) -> Iterator[Kind]:
        """The nodes of exactly these kinds."""
        for kind in kinds:
            yield from self.by_kind.get(kind, ())

    def start(self, node: exp.Expr) -> int:
        """Where a node starts in the text; -1 when sqlglot did not note a place in it."""
        if node._meta and "start" in node._meta:  # noqa: SLF001  (`meta` would make one)
            return int(node._meta["start"])  # noqa: SLF001
        found = [self.start(child) for child in children(node)]
        return min((at for at in found if at >= 0), default=-1)

    def token_at(self, at: int) -> int:
        """The index of the token that starts there, or the first one behind."""
        return bisect_left(self._starts, at)

    def token_before(self, at: int, kinds: frozenset[TokenType]) -> Token | None:
        """The last token of these kinds that starts before a place."""
        for index in range(self.token_at(at) - 1, -1, -1):
            if self.tokens[index].token_type in kinds:
                return self.tokens[index]
        return None

    def span(self, name: str, anchor: str, start: int, end: int, detail: str = "") -> SqlSpan:
        """The part of the text from `start` up to `end`, as a place in the source."""
        exact = self.rendered.is_verbatim(start)
        return SqlSpan(name, anchor, *self.rendered.place(start, end), exact, detail)

    def span_of(self, name: str, anchor: str, node: exp.Expr, detail: str = "") -> SqlSpan:
        """The place of a node's first token."""
        start = self.start(node)
        if start < 0:
            return SqlSpan(name, anchor, exact=False, detail=detail)
        return self.span_of_token(name, anchor, self.tokens[self.token_at(start)], detail)

    def span_of_token(self, name: str, anchor: str, token: Token, detail: str = "") -> SqlSpan:
        """The place of a token."""
        return self.span(name, anchor, token.start, token.end + 1, detail)

    def home(self, node: exp.Expr) -> str:
        """The name of the CTE a node stands in and a slash; empty for the last select."""
        passed: list[int] = []
        found = ""
        above: exp.Expr | None = node
        while above is not None:
            if id(above) in self._homes:
                found = self._homes[id(above)]
                break
            passed.append(id(above))
            if isinstance(above, exp.CTE):
                found = f"{above.alias.lower()}/"
                break
            above = above.parent
        for one in passed:
            self._homes[one] = found
        return found

    def home_of(self, token: Token) -> str:
        """The same of a token: the home of the nearest node whose place is known."""
        words = self._words
        at = bisect_left(words, token.start, key=_place)
        near = words[max(0, at - 1) : at + 1]
        if not near:
            return ""
        return self.home(min(near, key=lambda word: abs(word[0] - token.start))[1])

    @cached_property
    def _words(self) -> list[tuple[int, exp.Expr]]:
        """Names and literals with their places, in the order of the text."""
        nodes = (*self.of(exp.Identifier), *self.of(exp.Literal))
        placed = [(start, node) for node in nodes if (start := self.start(node)) >= 0]
        return sorted(placed, key=_place)

    def cte(self, table: exp.Table) -> exp.CTE | None:
        """The CTE a table stands for, None for a relation."""
        if table.args.get("db") is not None or not isinstance(table.this, exp.Identifier):
            return None
        name = table.name.lower()
        holder = self._holder(table.parent)
        while holder is not None:
            with_ = holder.args["with_"]
            known = self._ctes.get(id(with_))
            if known is None:
                known = {one.alias.lower(): one for one in with_.expressions}
                self._ctes[id(with_)] = known
            if name in known:
                return known[name]
            holder = self._holder(holder.parent)
        return None

    def _holder(self, node: exp.Expr | None) -> exp.Expr | None:
        """The nearest node from here upwards that has CTEs.

        What lies on the way is remembered: a union of a thousand selects is a thousand deep.
        """
        passed: list[int] = []
        found = node
        while found is not None and found.args.get("with_") is None:
            if id(found) in self._holders:
                found = self._holders[id(found)]
                break
            passed.append(id(found))
            found = found.parent
        for one in passed:
            self._holders[one] = found
        return found

    def _collect(self, root: exp.Expr) -> None:
        by_kind = self.by_kind
        stack = [root]
        while stack:
            node = stack.pop()
            by_kind.setdefault(type(node), []).append(node)
            for value in node.args.values():
                if isinstance(value, exp.Expr):
                    stack.append(value)
                elif type(value) is list:
                    stack += [one for one in value if isinstance(one, exp.Expr)]


def _place(word: tuple[int, exp.Expr]) -> int:
    return word[0]


def children(node: exp.Expr) -> Iterator[exp.Expr]:
    """The nodes right below."""
    for value in node.args.values():
        if isinstance(value, exp.Expr):
            yield value
        elif type(value) is list:
            yield from (one for one in value if isinstance(one, exp.Expr))


def resource_of(table: exp.Table) -> str | None:
    """The unique id of the resource that a placeholder stands for."""
    catalog = table.args.get("catalog")
    return table.db.replace("/", ".") if catalog is not None and catalog.name == MARK else None


def sources_of(select: exp.Select) -> list[tuple[exp.Expr, exp.Join | None]]:
    """What a select reads, in order: each with the join that adds it, None for the first."""
    first = select.args.get("from_")
    found: list[tuple[exp.Expr, exp.Join | None]] = []
    if first is None:
        return found

    def add(source: exp.Expr, join: exp.Join | None) -> None:
        found.append((source, join))
        for inner in source.args.get("joins") or ():
            add(inner.this, inner)

    add(cast("exp.Expr", first.this), None)
    for join in select.args.get("joins") or ():
        add(join.this, join)
    return found


def numbered(spans: Iterable[SqlSpan]) -> tuple[SqlSpan, ...]:
    """The spans in the order of the file, each once; equal anchors get a number."""
    from msgspec.structs import replace

    unique = {(one.line, one.column, one.anchor, one.detail): one for one in spans}
    ordered = sorted(unique.values(), key=lambda one: (one.line, one.column))
    seen: Counter[str] = Counter()
    found = []
    for one in ordered:
        seen[one.anchor] += 1
        if seen[one.anchor] > 1:
            one = replace(one, anchor=f"{one.anchor}#{seen[one.anchor]}")
        found.append(one)
    return tuple(found)


def _not_understood(error: SqlglotError, rendered: Rendered, adapter: str) -> Unknown:
    line, what = 0, str(error).split("\n", 1)[0]
    for one in getattr(error, "errors", ())[:1]:
        place = _offset(rendered.text, one.get("line") or 1, one.get("col") or 1)
        line = rendered.place(place, place + 1)[0]
        what = str(one.get("description"))
    return Unknown(f"its SQL is not understood as that of {adapter}: {what}", line)


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return max(0, at + column - 1)
