"""SQL that somebody has already, as a model: tables become `ref()` and `source()`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from platform_cli.errors import PlatformError, Where
from platform_cli.project.identifiers import quoted
from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.sql.groups import grouped_by
from platform_cli.project.sql.positions import Rendered, Segment
from platform_cli.project.sql.tree import Tree
from platform_cli.scaffold.query.links import JoinedOn, links
from platform_cli.scaffold.query.names import Declare, Names, is_file

if TYPE_CHECKING:
    from platform_cli.project.project import Project

_CALL = re.compile(
    r"\{\{-?\s*(?P<kind>ref|source)\(\s*(?P<args>'[^']*'|\"[^\"]*\")"
    r"(?:\s*,\s*(?P<more>'[^']*'|\"[^\"]*\"))?\s*\)\s*-?\}\}"
)
_CHANGES = (
    *(exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter),
    *(exp.Copy, exp.Command, exp.TruncateTable, exp.Attach, exp.Set, exp.Use),
)


@dataclass(frozen=True, slots=True)
class QueryDraft:
    """The text with Jinja in place of tables; the words that `--from` has for what it reads."""

    text: str
    parents: tuple[str, ...]
    joins: bool
    sums_up: bool
    """Whether its last select makes groups, or one row of all."""
    passes_on: bool
    """Whether it ends in a star that hands on what a relation has."""
    links: tuple[JoinedOn, ...] = ()
    group: tuple[str, ...] | None = None
    """As `grouped_by` has it."""


def query_draft(text: str, file: str, project: Project, declare: Declare) -> QueryDraft:
    """The query as the SQL of a model; but for the names of tables it stays as it is.

    `file` is where it comes from. Raises PlatformError, with the line, for what is no single
    query, and for a table that nobody knows (near names).
    """
    body = text.replace("\r\n", "\n").strip().rstrip(";").rstrip()
    lines = text.replace("\r\n", "\n").split(body[:1], 1)[0].count("\n") if body else 0
    plain, calls = _without_jinja(body, file, lines)
    tree = _tree(plain, file, project, lines)
    _refuse(tree, file, lines)
    names = Names(project)
    parents: list[str] = []
    read: dict[str, str] = {}
    put: list[tuple[int, int, str]] = []
    # A table is called by its name in `orders.amount`, `orders.*` and, as a row, `orders`.
    said = {part.name.lower() for one in tree.of(exp.Column) for part in one.parts}
    for table, start, stop in _tables(tree):
        word = calls.get(table.name)
        line = plain.count("\n", 0, start) + 1 + lines
        if word is None:
            word = names.word(table, plain[start:stop], Where(file, line), declare)
            bare = table.alias or is_file(plain[start]) or table.name.lower() not in said
            alias = "" if bare else f" as {quoted(table.name)}"
            put.append((start, stop, f"{{{{ {_call(word)} }}}}{alias}"))
        parents.append(word)
        read[table.alias_or_name.lower()] = word
    if not parents:
        raise PlatformError(
            "the query reads no table", hint="a model reads something", where=Where(file)
        )
    made = plain
    for start, stop, words in sorted(put, reverse=True):
        made = made[:start] + words + made[stop:]
    for number, name in enumerate(calls):
        made = made.replace(name, list(_CALL.finditer(body))[number].group(), 1)
    last, group = tree.statements[0], grouped_by(tree)
    return QueryDraft(
        text=f"{made}\n",
        parents=tuple(dict.fromkeys(parents)),
        joins=any(True for _ in tree.of(exp.Join)),
        sums_up=group is not None or (isinstance(last, exp.Select) and _groups(last, tree)),
        passes_on=isinstance(last, exp.Select) and any(map(_is_star, last.expressions)),
        links=tuple(links(tree, read)),
        group=group,
    )


def _without_jinja(body: str, file: str, lines: int) -> tuple[str, dict[str, str]]:
    """The text with a name in place of each `ref()` and `source()`, and what these names mean."""
    calls: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        name = f"__dbt_call_{len(calls)}__"
        first = found["args"][1:-1]
        more = found["more"][1:-1] if found["more"] else ""
        calls[name] = (
            f"source:{first}.{more}" if found["kind"] == "source" else f"ref:{more or first}"
        )
        return name

    plain = _CALL.sub(named, body)
    if other := re.search(r"\{\{|\{%|\{#", plain):
        raise PlatformError(
            "the query has Jinja other than ref() and source(): it is a model already",
            hint="put the file into models/, then `platform sync` writes its YAML",
            where=Where(file, plain.count("\n", 0, other.start()) + 1 + lines),
        )
    return plain, calls


def _tree(plain: str, file: str, project: Project, lines: int) -> Tree:
    adapter = project.scope(project.name).macros.adapter
    try:
        return Tree(Rendered(plain, plain, [Segment(0, 0, len(plain), True)]), adapter)
    except Unknown as unknown:
        raise PlatformError(
            unknown.reason.replace("its SQL", "the query"),
            hint="mend it until it runs by itself, then run this again",
            where=Where(file, unknown.line + lines if unknown.line else None),
        ) from unknown


def _refuse(tree: Tree, file: str, lines: int) -> None:
    """Raise PlatformError unless this is one query."""

    def where(at: int) -> Where:
        return Where(file, tree.rendered.text.count("\n", 0, max(at, 0)) + 1 + lines)

    if not tree.statements:
        raise PlatformError(
            "there is no query in it", hint="a model is a select", where=Where(file)
        )
    starts = _starts(tree)
    for statement, first in zip(tree.statements, starts, strict=False):
        if isinstance(statement, _CHANGES):
            raise PlatformError(
                f"a model only reads, and this is {statement.key.upper()}",
                hint="keep the select in it: dbt makes the table",
                where=where(first),
            )
    if len(tree.statements) > 1:
        raise PlatformError(
            f"there are {len(tree.statements)} statements: a model is one query",
            hint="make a model of each, or CTEs of those before the last",
            where=where(starts[1] if len(starts) > 1 else 0),
        )
    if not isinstance(tree.statements[0], exp.Query):
        raise PlatformError(
            f"{tree.statements[0].key.upper()} cannot be a model by itself",
            hint="write `select * from (...)` around it",
            where=where(0),
        )


def _starts(tree: Tree) -> list[int]:
    """Where each statement starts."""
    found, new = list[int](), True
    for token in tree.tokens:
        if token.token_type is TokenType.SEMICOLON:
            new = True
        elif new:
            found.append(token.start)
            new = False
    return found


def _tables(tree: Tree) -> Iterator[tuple[exp.Table, int, int]]:
    """What is read by name or path, in the order of the text."""
    found = []
    for table in tree.of(exp.Table):
        if tree.cte(table) is not None:
            continue
        if isinstance(table.this, exp.Identifier):
            parts = [part for part in table.parts if part.meta]
            if parts:
                start = min(part.meta["start"] for part in parts)
                stop = max(part.meta["end"] for part in parts) + 1
                found.append((table, start, stop))
    return iter(sorted(found, key=lambda one: one[1]))


def _call(word: str) -> str:
    kind, _, name = word.partition(":")
    if kind == "source":
        source, _, table = name.partition(".")
        return f"source('{source}', '{table}')"
    return f"ref('{name}')"


def _groups(select: exp.Select, tree: Tree) -> bool:
    """Whether the last select, or the CTE that it only hands on, makes groups."""
    if select.args.get("group"):
        return True
    first = select.args.get("from_")
    source = first.this if first is not None else None
    if isinstance(source, exp.Table) and not select.args.get("joins"):
        cte = tree.cte(source)
        if cte is not None and isinstance(cte.this, exp.Select):
            return _groups(cte.this, tree)
    return False


def _is_star(item: exp.Expr) -> bool:
    return isinstance(item, exp.Star) or (
        isinstance(item, exp.Column) and isinstance(item.this, exp.Star)
    )
