"""Marks in rendered SQL for what only a database knows, and what they mean when it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from sqlglot import exp

from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.sql.placeholder import MARK, Placeholder

if TYPE_CHECKING:
    from sqlglot.dialects.dialect import Dialect

    from platform_cli.project.sql.tree import Tree

_ANY_SIZE = "999999937"
ANY_TYPE = f"varchar({_ANY_SIZE})"
"""A type that nobody writes: the column is of some type."""
GUESS = "999999929"
"""A number that nobody writes: whatever some Jinja writes."""
_DATA = "zqxj"
"""In each part of a value of the data, however it is cut."""
_STAR = "dbt_star"
_NO_ALIAS = "dbt_star"
_NAME = re.compile(r"\w+")


def type_in(cast: exp.Expr, dialect: Dialect) -> str | None:
    """The type of a cast as it is written; None for the mark of any type."""
    type_: exp.Expr = cast.args["to"]
    sizes = (one.name for one in type_.find_all(exp.DataTypeParam))
    return None if _ANY_SIZE in sizes else type_.sql(dialect=dialect)


def star_of(relation: Placeholder, alias: str, left_out: Iterable[object]) -> str:
    """All columns of a relation but for some, as a list of their names would have them."""
    text = relation.render()
    quote = text[0]
    unique_id = text[len(f"{quote}{MARK}{quote}.") :].split(quote)[1]
    hidden = sorted({str(one) for one in left_out})
    names = [str(alias) or _NO_ALIAS, *hidden]
    if not all(_NAME.fullmatch(one) for one in names):
        raise Unknown("a star with names that have to be quoted")
    star = ".".join(f"{quote}{one}{quote}" for one in (_STAR, unique_id, names[0])) + ".*"
    gone = ", ".join(f"{quote}{one}{quote}" for one in hidden)
    return f"{star} except ({gone})" if gone else star


def marked_star(star: exp.Column) -> tuple[str, str] | None:
    """Of which resource, and under which alias (or none), such a star is; None for any other."""
    catalog = star.args.get("catalog")
    if not isinstance(catalog, exp.Identifier) or catalog.name != _STAR:
        return None
    alias = star.table
    return star.text("db").replace("/", "."), "" if alias == _NO_ALIAS else alias


class DataValues:
    """The values of a column: there are some, and nobody knows which."""

    def __getitem__(self, at: object) -> DataValue:
        """One of them, as a mark. Unknown for several."""
        if not isinstance(at, int):
            raise Unknown(_WHY)
        return DataValue(_DATA * 4)

    def _stop(self, *_: Any, **__: Any) -> NoReturn:
        raise Unknown(_WHY)

    __iter__ = __len__ = __bool__ = __str__ = __eq__ = __hash__ = __contains__ = __add__ = _stop

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._stop()


class DataValue(str):
    """One of them: it can be written, and nothing else."""

    __slots__ = ()

    def _stop(self, *_: Any, **__: Any) -> NoReturn:
        raise Unknown(_WHY)

    __eq__ = __hash__ = __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = _stop
    __lt__ = __le__ = __gt__ = __ge__ = __mod__ = __mul__ = __int__ = __float__ = _stop
    split = rsplit = splitlines = partition = rpartition = strip = lstrip = rstrip = _stop
    replace = startswith = endswith = find = rfind = index = count = format = _stop
    isdigit = isnumeric = isdecimal = isalpha = isalnum = islower = isupper = encode = _stop


_WHY = "the values of the data are not in the text"


def refuse_marks(tree: Tree) -> None:
    """Raises Unknown where a mark may stand for a name, or decide what a column is made of."""
    _refuse(tree, _DATA, _is_compared, "a name or a column may be a value of the data")
    _refuse(tree, GUESS, _chooses_rows, "what its Jinja writes may be more than a condition")


def _refuse(tree: Tree, mark: str, may: Callable[[exp.Literal], bool], why: str) -> None:
    marked = sum(mark in token.text.lower() for token in tree.tokens)
    if marked and marked != sum(
        mark in literal.name.lower() and may(literal) for literal in tree.of(exp.Literal)
    ):
        raise Unknown(why)


def _is_compared(literal: exp.Literal) -> bool:
    """Whether a literal text is one side of a comparison."""
    above = literal.parent
    while isinstance(above, exp.Func | exp.Paren):
        above = above.parent
    return literal.is_string and isinstance(above, exp.Predicate)


def _chooses_rows(literal: exp.Literal) -> bool:
    """Whether it stands in a condition, or a limit, of a query that is no part of a value."""
    clause: exp.Expr | None = None
    above = literal.parent
    while above is not None:
        if isinstance(above, _CLAUSES):
            clause = above
        elif not isinstance(above, _AROUND) or _is_a_value(above):
            clause = None
        above = above.parent
    return clause is not None


def _is_a_value(query: exp.Expr) -> bool:
    """Whether a query stands in a select list."""
    return query.arg_key == "expressions" and isinstance(query.parent, exp.Select)


_CLAUSES = (exp.Where, exp.Having, exp.Qualify, exp.Limit, exp.Offset)
_AROUND = (exp.Select, exp.SetOperation, exp.Subquery, exp.From, exp.Join, exp.CTE, exp.With)
