"""The columns of what is read: resources, tables named by hand, files, functions, pivots."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlglot import exp

from platform_cli.project.lineage.made import FILE, RELATION
from platform_cli.project.lineage.scope import Scope, Source
from platform_cli.project.lineage.shape import Item, Open, Shape, together
from platform_cli.project.lineage.values import Values
from platform_cli.project.sql.tree import resource_of


class Relations:
    """Knows what a relation hands on, however it is written; CTEs and queries left out."""

    def __init__(self, shape_of: Callable[[str], Shape], values: Values) -> None:
        self._shape_of = shape_of
        self._values = values

    def of(self, node: exp.Expr, scope: Scope) -> Shape:
        """The columns of a table or of a function in its place."""
        if isinstance(node, exp.Table):
            unique_id = resource_of(node)
            if unique_id is not None:
                return self._shape_of(unique_id)
            if isinstance(node.this, exp.Identifier):
                return _named_by_hand(node)
            if not isinstance(node.this, exp.Expr):
                return Shape((), [Open("", "a relation that is not understood")])
            return self._of_function(node.this, node, scope)
        if isinstance(node, exp.Unnest | exp.Lateral | exp.UDTF):
            inner = node.this if isinstance(node.this, exp.Expr) else node
            return self._of_function(inner, node, scope)
        kind = type(node).__name__.upper()
        return Shape((), [Open("", f"a relation of the kind {kind} is not understood")])

    def _of_function(self, function: exp.Expr, node: exp.Expr, scope: Scope) -> Shape:
        file = _file(function)
        if file:
            return Shape((), [Open(f"{FILE}{file}", f"the columns of {file} are in the file")])
        value = self._values.of(function, scope)
        names = (column_aliases(node) or _own_names(function)) + _offset(node)
        if not names:
            called = function.sql(dialect="duckdb").split("(")[0].lower()
            return Shape((), [Open("", f"the columns of the function {called} are not listed")])
        return Shape([Item(name, together([value])) for name in names])

    def pivoted(self, pivot: exp.Expr, base: Shape) -> Shape:
        """The columns of PIVOT and UNPIVOT, where the text names them."""
        scope = Scope()
        scope.sources.append(Source("", base))
        if pivot.args.get("unpivot"):
            return Shape((), [Open("", "an unpivot makes values of columns, whose names are data")])
        asked = [*pivot.expressions, *_expressions(pivot, "using"), *_expressions(pivot, "fields")]
        made = together([self._values.of(one, scope) for one in asked])
        used = {column.name.lower() for one in asked for column in one.find_all(exp.Column)}
        group = pivot.args.get("group")
        kept = [one for one in base.items if (one.name or "").lower() not in used]
        opens = [one._replace(hidden=one.hidden | used) for one in base.opens]
        if group is not None:
            groups = [
                Item(one.name, self._values.of(one, scope))
                for one in group.expressions
                if isinstance(one, exp.Column)
            ]
            kept, opens = groups, []
        names = _pivot_names(pivot)
        if names is None:
            opens.append(Open("", "the columns of a pivot are values of the data"))
        return Shape([*kept, *(Item(name, made) for name in names or ())], opens)


def column_aliases(node: exp.Expr) -> list[str]:
    """The names in `as t(a, b)`."""
    alias = node.args.get("alias")
    return [one.name for one in alias.columns] if isinstance(alias, exp.TableAlias) else []


def renamed(shape: Shape, names: Sequence[str]) -> Shape:
    """The first columns under other names, as `t(a, b)` has them."""
    if not names:
        return shape
    if shape.opens:
        why = f"nobody lists the columns that become {', '.join(names)}"
        return Shape((), [Open("", why)])
    items = [
        Item(names[at] if at < len(names) else item.name, item.value)
        for at, item in enumerate(shape.items)
    ]
    return Shape(items)


def _named_by_hand(node: exp.Table) -> Shape:
    name = ".".join(part.name for part in node.parts)
    is_file = len(node.parts) == 1 and ("." in name or "/" in name)
    why = f"{name} is no resource of the project: its columns are not listed"
    return Shape((), [Open(f"{FILE if is_file else RELATION}{name}", why)])


def _file(function: exp.Expr) -> str:
    """The file or files that a function reads."""
    name = function.name if isinstance(function, exp.Anonymous) else function.sql_name()  # type: ignore[attr-defined]
    first = (*function.expressions, function.this)[0] if function.args else None
    if not isinstance(first, exp.Literal) or not first.is_string:
        first = function.this
    reads = name.lower().startswith("read_") or name.lower().endswith("_scan")
    literal = isinstance(first, exp.Literal) and first.is_string
    return str(first.name) if reads and literal and isinstance(first, exp.Expr) else ""


def _own_names(function: exp.Expr) -> list[str]:
    if isinstance(function, exp.Unnest):
        return ["unnest"]
    if isinstance(function, exp.GenerateSeries):
        return ["range" if function.args.get("is_end_exclusive") else "generate_series"]
    return []


def _offset(node: exp.Expr) -> list[str]:
    """The column that counts: `with ordinality`, BigQuery's `with offset as n`."""
    offset = node.args.get("offset")
    if isinstance(offset, exp.Identifier):
        return [offset.name]
    return ["ordinality"] if offset else []


def _expressions(node: exp.Expr, key: str) -> list[exp.Expr]:
    found = node.args.get(key)
    return [one for one in found if isinstance(one, exp.Expr)] if isinstance(found, list) else []


def _pivot_names(pivot: exp.Expr) -> list[str] | None:
    """The new columns; None when they depend on the data, or on how an aggregate is called."""
    columns = pivot.args.get("columns")
    aggregates = pivot.expressions
    named = all(isinstance(one, exp.Alias) for one in aggregates)
    fields = _expressions(pivot, "fields")
    literal = all(
        isinstance(one, exp.Literal)
        for field in fields
        if isinstance(field, exp.In)
        for one in field.expressions
    )
    if not columns or not literal or not (named or len(aggregates) == 1) or len(fields) != 1:
        return None
    return [one.name for one in columns]
