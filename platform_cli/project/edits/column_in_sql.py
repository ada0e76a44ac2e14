"""Another name for a column, in the SQL that makes it and in the SQL that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

from sqlglot import exp

from platform_cli.errors import Where
from platform_cli.project.edits.edit import RefusedError, ReplaceText
from platform_cli.project.identifiers import quoted
from platform_cli.project.sql.behind import is_star, renames_columns
from platform_cli.project.sql.tree import Tree, resource_of, sources_of

Has = Callable[[str], bool | None]
"""Whether a resource, by unique id, has the column; None when that is not known."""
_LATER = (exp.Group, exp.Order, exp.Having, exp.Qualify)


class ReadPlaces(NamedTuple):
    """The edits of a reader's text, and the places that a person has to look at."""

    edits: list[ReplaceText]
    unsure: list[Where]


class ColumnInSql:
    """The text of one node, and the column `old` that is to be called `new`."""

    def __init__(self, tree: Tree, path: str, text: str, old: str, new: str) -> None:
        """`text` is that of the file at `path`, with its line ends as they are."""
        self._tree = tree
        self._path = path
        self._lines = text.split("\n")
        self._text = text
        self._old = old.lower()
        self._new = quoted(new)

    def made(self) -> list[ReplaceText]:
        """The edits after which the last select list has the new name.

        Raises RefusedError when the column is not written there, or by a macro.
        """
        if len(self._tree.statements) != 1:
            raise RefusedError("its SQL is no single statement")
        select, item = self._item(self._tree.statements[0])
        if not isinstance(item, exp.Alias):
            name = cast("exp.Expr", item.this)
            return [self._edit(name, f"{self._words(name)} as {self._new}")]
        names = [cast("exp.Expr", item.args["alias"])]
        inner = item.this
        if not (isinstance(inner, exp.Column) and inner.name.lower() == self._old):
            names += [
                cast("exp.Expr", one.this)
                for one in self._columns()
                if not one.table and one.parent_select is select and one.find_ancestor(*_LATER)
            ]
        return [self._edit(name, self._new) for name in names]

    def read(self, unique_id: str, has: Has) -> ReadPlaces:
        """The edits of a text that reads the column of this resource."""
        edits: list[ReplaceText] = []
        unsure: list[Where] = []
        if not any(resource_of(one) == unique_id for one in self._tree.of(exp.Table)):
            return ReadPlaces(edits, unsure)
        for column in self._columns():
            meant = self._meant(column, unique_id, has)
            name = cast("exp.Expr", column.this)
            if meant is None:
                unsure.append(self._where(name))
            elif meant:
                try:
                    edits.append(self._edit(name, self._as_before(column)))
                except RefusedError:
                    unsure.append(self._where(name))
        unsure += [self._where(one) for one in self._unusual()]
        return ReadPlaces(edits, unsure)

    def _as_before(self, column: exp.Column) -> str:
        """The new name; in a select list under the old one, so that nothing changes behind it."""
        listed = isinstance(column.parent, exp.Select) and column.arg_key == "expressions"
        return f"{self._new} as {self._words(column.this)}" if listed else self._new

    def _columns(self) -> Iterator[exp.Column]:
        for one in self._tree.of(exp.Column):
            if one.name.lower() == self._old and isinstance(one.this, exp.Identifier):
                yield one

    def _unusual(self) -> Iterator[exp.Expr]:
        """`using (old)`, and what a star replaces or renames."""
        for join in self._tree.of(exp.Join):
            for one in join.args.get("using") or ():
                if one.name.lower() == self._old:
                    yield one
        for star in self._tree.of(exp.Star):
            for key in ("except_", "replace", "rename"):
                for one in star.args.get(key) or ():
                    read = one.this if isinstance(one, exp.Alias) else one
                    is_read = key != "replace" and isinstance(read, exp.Column)
                    if is_read and one.alias.lower() != self._old:
                        continue  # a name like any other
                    if self._old in (one.name.lower(), one.alias.lower()):
                        yield one

    def _meant(self, column: exp.Column, unique_id: str, has: Has) -> bool | None:
        """Whether a name is the column of the resource; None when it may be."""
        select = column.parent_select
        while isinstance(select, exp.Select):
            sources = [source for source, _ in sources_of(select)]
            if column.table:
                table = column.table.lower()
                found = [one for one in sources if one.alias_or_name.lower() == table]
                if found:
                    return self._carries(found[0], unique_id) if len(found) == 1 else None
            else:
                carrying = [one for one in sources if self._carries(one, unique_id)]
                others = [self._source_has(one, has) for one in sources if one not in carrying]
                if carrying:
                    sure = len(carrying) == 1 and all(one is False for one in others)
                    return True if sure else None
                if any(others):
                    return False
            select = select.parent_select
        return False

    def _carries(self, source: exp.Expr, unique_id: str) -> bool:
        """Whether a source is the resource, or a query that is nothing but `select *` of it."""
        if renames_columns(source) or source.args.get("pivots"):
            return False
        if isinstance(source, exp.Table) and resource_of(source) is not None:
            return resource_of(source) == unique_id
        query: exp.Expr | None = source
        if isinstance(source, exp.Table):
            query = self._tree.cte(source)
        inner = query.this if query is not None else None
        if not isinstance(inner, exp.Select) or query is None or renames_columns(query):
            return False
        plain = [one for one in inner.expressions if is_star(one)]
        if not plain or any(one.alias_or_name.lower() == self._old for one in inner.expressions):
            return False
        return any(self._carries(one, unique_id) for one, _ in sources_of(inner))

    def _source_has(self, source: exp.Expr, has: Has) -> bool | None:
        if isinstance(source, exp.Table) and (unique_id := resource_of(source)) is not None:
            return has(unique_id)
        query = self._tree.cte(source) if isinstance(source, exp.Table) else source
        inner = query.this if query is not None else None
        if not isinstance(inner, exp.Select) or any(map(is_star, inner.expressions)):
            return None
        return any(one.alias_or_name.lower() == self._old for one in inner.expressions)

    def _item(self, query: exp.Expr) -> tuple[exp.Select, exp.Expr]:
        """The item of the list that gives the column its name, with its select."""
        if isinstance(query, exp.Subquery | exp.Paren) and not query.args.get("pivots"):
            return self._item(cast("exp.Expr", query.this))
        if isinstance(query, exp.SetOperation) and not query.args.get("by_name"):
            return self._item(cast("exp.Expr", query.this))  # the names are those of the left
        if not isinstance(query, exp.Select):
            raise RefusedError("its last select list is not understood")
        named = [one for one in query.expressions if one.alias_or_name.lower() == self._old]
        if len(named) == 1 and isinstance(named[0], exp.Alias | exp.Column):
            return query, named[0]
        stars = [one for one in query.expressions if is_star(one)]
        sources = [source for source, _ in sources_of(query)]
        if not named and len(stars) == 1:
            table = getattr(stars[0], "table", "").lower()
            here = [one for one in sources if not table or one.alias_or_name.lower() == table]
            cte = self._tree.cte(here[0]) if len(here) == 1 and type(here[0]) is exp.Table else None
            tables = self._tree.of(exp.Table)
            if cte is not None and sum(self._tree.cte(one) is cte for one in tables) == 1:
                return self._item(cast("exp.Expr", cte.this))
        raise RefusedError("its name comes from a `*`: write it out in the select list first")

    def _edit(self, name: exp.Expr, words: str) -> ReplaceText:
        start = self._tree.start(name)
        if start < 0 or not self._tree.rendered.is_verbatim(start):
            raise RefusedError("a macro writes it")
        where = self._where(name)
        line, column = where.line or 1, where.column or 1
        at = sum(len(one) + 1 for one in self._lines[: line - 1]) + column - 1
        said = self._words(name)
        if self._text[at : at + len(said)] != said:
            raise RefusedError(f"{where} does not say there what it was read to say")
        return ReplaceText(self._path, at, said, words)

    def _words(self, name: exp.Expr) -> str:
        token = self._tree.tokens[self._tree.token_at(self._tree.start(name))]
        return self._tree.rendered.text[token.start : token.end + 1]

    def _where(self, name: exp.Expr) -> Where:
        start = self._tree.start(name)
        if start < 0:
            return Where(self._path)
        line, column, *_ = self._tree.rendered.place(start, start + 1)
        return Where(self._path, line or None, column or None)
