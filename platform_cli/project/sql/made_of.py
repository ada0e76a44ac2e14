"""Of which columns of which resources each column of a query is made.

For what it says no other file is read: where a name may be that of several relations all of them
are named. It is SQL's own rule that only one of them has it. `project/lineage` knows the columns of
the relations, and says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from sqlglot import exp

from platform_cli.project.sql.behind import behind, is_star
from platform_cli.project.sql.origin import Origin
from platform_cli.project.sql.query import ANY
from platform_cli.project.sql.tree import Tree, children, sources_of

_DEEPEST = 50
_SAME_VALUE = (exp.Cast, exp.TryCast, exp.Paren, exp.Lower, exp.Upper, exp.Trim, exp.Coalesce)
"""What a value comes out of as it was, or as nothing else than itself."""
_NO_VALUE = (exp.Predicate, exp.Count, exp.CountIf, exp.Not, exp.Length, exp.Connector)
"""What says of a value whether or how many, and not which."""
_HIDES = re.compile(r"md5|sha_?\d|hash|hmac|mask|encrypt|redact|token|anonym", re.IGNORECASE)


class Made(NamedTuple):
    """What a column is made of; `as_is` when it is the value of one of them."""

    of: frozenset[Origin]
    as_is: bool


_NOTHING = Made(frozenset(), as_is=False)
Groups = tuple[tuple[str, ...], ...]


def made_of(tree: Tree, columns: Iterable[str]) -> tuple[Groups, Groups]:
    """What is passed on and what is computed, as `Query` has them, of these final columns."""
    passed: dict[str, list[str]] = {}
    computed: dict[str, list[str]] = {}
    following = MadeOf(tree)
    for name in dict.fromkeys(one.lower() for one in columns if not one.startswith(ANY)):
        made = following.column(name)
        if made is None:
            computed.setdefault("", []).append(name)
            continue
        into = passed if made.as_is else computed
        for unique_id, old in sorted(made.of):
            into.setdefault(unique_id, []).append(name if name == old else f"{name}\0{old}")
    return _grouped(passed), _grouped(computed)


class MadeOf:
    """The columns of one query. A function whose name says that it hides a value ends the way."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._depth = 0
        self._known: dict[tuple[int, str], Made | None] = {}
        self._lists: dict[int, dict[str, list[exp.Expr]]] = {}

    def column(self, name: str) -> Made | None:
        """What the column of the first statement is made of; None when that cannot be told."""
        return self._of_query(self._tree.statements[0], name.lower())

    def _of_query(self, query: exp.Expr, name: str) -> Made | None:
        key = id(query), name
        if key in self._known:
            return self._known[key]
        self._known[key] = None  # of one that reads itself
        self._depth += 1
        try:
            if self._depth <= _DEEPEST:
                self._known[key] = self._looked_up(query, name)
        finally:
            self._depth -= 1
        return self._known[key]

    def _looked_up(self, query: exp.Expr, name: str) -> Made | None:
        if isinstance(query, exp.Subquery | exp.Paren) and not query.args.get("pivots"):
            return self._of_query(cast("exp.Expr", query.this), name)
        if isinstance(query, exp.SetOperation):
            return self._of_set(query, name)
        return self._of_select(query, name) if isinstance(query, exp.Select) else None

    def _of_set(self, query: exp.SetOperation, name: str) -> Made | None:
        left, right = cast("exp.Expr", query.this), cast("exp.Expr", query.expression)
        other = name
        if not query.args.get("by_name"):
            names, others = _names(left), _names(right)
            if names is not None and others is not None:
                if name not in names or len(names) != len(others):
                    return None
                other = others[names.index(name)]
            elif names != others:
                return None  # a star on one side, names on the other: the places are not known
        return _together([self._of_query(left, name), self._of_query(right, other)])

    def _of_select(self, select: exp.Select, name: str) -> Made | None:
        named = self._listed(select).get(name, [])
        if len(named) == 1:
            inner = named[0].this if isinstance(named[0], exp.Alias) else named[0]
            return self._of_value(select, cast("exp.Expr", inner))
        stars = [one for one in select.expressions if is_star(one)]
        if named or len(stars) != 1:
            return None
        star = stars[0].this if isinstance(stars[0], exp.Column) else stars[0]
        if name in _changed_by(star):
            return None
        return self._resolved(select, getattr(stars[0], "table", ""), name)

    def _listed(self, select: exp.Select) -> dict[str, list[exp.Expr]]:
        """The select list by name: of a wide one every column is asked for."""
        if id(select) not in self._lists:
            found = self._lists[id(select)] = dict[str, list[exp.Expr]]()
            for one in select.expressions:
                found.setdefault(one.alias_or_name.lower(), []).append(one)
        return self._lists[id(select)]

    def _of_value(self, select: exp.Select, value: exp.Expr) -> Made | None:
        if type(value) is exp.Column and value.args.get("db") is None:
            return self._resolved(select, value.table, value.name.lower())
        if isinstance(value, _NO_VALUE) or _hides(value):
            return _NOTHING
        if isinstance(value, exp.Query | exp.Column | exp.Star):
            return None
        parts = [self._of_value(select, one) for one in children(value) if _is_value(one)]
        made = _together(parts) if parts else _NOTHING
        return made and made._replace(as_is=made.as_is and isinstance(value, _SAME_VALUE))

    def _resolved(self, select: exp.Select, table: str, name: str) -> Made | None:
        """The column of what the select reads: of `table`, or of whichever may have it."""
        sources = [source for source, _ in sources_of(select)]
        if table:
            sources = [one for one in sources if one.alias_or_name.lower() == table.lower()]
        answers = [self._of_source(one, name) for one in sources]
        if len(answers) == 1:
            return answers[0]
        found = [one for one in answers if one is not None]
        return _together(found) if found else None

    def _of_source(self, source: exp.Expr, name: str) -> Made | None:
        found = behind(self._tree, source)
        if isinstance(found, str):
            return Made(frozenset({Origin(found, name)}), as_is=True)
        return self._of_query(found, name) if found is not None else None


def _grouped(found: Mapping[str, list[str]]) -> Groups:
    return tuple((unique_id, *names) for unique_id, names in sorted(found.items()))


def _changed_by(star: exp.Expr) -> set[str]:
    """The names that `* exclude`, `* replace` and `* rename` say something of."""
    named = [*(star.args.get("except_") or ()), *(star.args.get("replace") or ())]
    found = {one.alias_or_name.lower() for one in named}
    for one in star.args.get("rename") or ():
        found |= {one.alias.lower(), one.this.name.lower()}
    return found


def _together(parts: Sequence[Made | None]) -> Made | None:
    known = [one for one in parts if one is not None]
    if len(known) != len(parts):
        return None
    of = frozenset[Origin]().union(*(one.of for one in known))
    return Made(of, as_is=any(one.as_is for one in known))


def _names(query: exp.Expr) -> list[str] | None:
    """The select list of a side of a union; None when there is a star in it."""
    while isinstance(query, exp.Subquery | exp.Paren | exp.SetOperation):
        query = cast("exp.Expr", query.this)
    listed = query.expressions if isinstance(query, exp.Select) else []
    return None if any(map(is_star, listed)) else [one.alias_or_name.lower() for one in listed]


def _hides(value: exp.Expr) -> bool:
    if not isinstance(value, exp.Func):
        return False
    name = value.name if isinstance(value, exp.Anonymous) else value.sql_name()
    return bool(_HIDES.search(name))


def _is_value(part: exp.Expr) -> bool:
    return not isinstance(part, exp.DataType | exp.Identifier | exp.Literal | exp.Var)
