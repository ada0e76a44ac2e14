"""The select list: what each entry is called, what it is made of, and what stars stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from sqlglot import exp

from platform_cli.project.lineage.marks import marked_star
from platform_cli.project.lineage.scope import Scope, Source
from platform_cli.project.lineage.shape import Item, Open, Shape, Value, together
from platform_cli.project.lineage.uses import Uses
from platform_cli.project.lineage.values import Values
from platform_cli.project.sql.behind import is_star

_UNNEST = (exp.Explode, exp.Inline, exp.Unnest)
_PLAIN_PATTERN = re.compile(r"[\w .|()^$*+?\[\]-]*")
"""Patterns that Python and DuckDB read alike."""


def select_list(select: exp.Select, scope: Scope, values: Values, uses: Uses) -> Shape:
    """The columns of a select; the names in its list are noted."""
    items: list[Item] = []
    opens: list[Open] = []
    for one in select.expressions:
        for found in _entry(one, scope, values, uses):
            if isinstance(found, Open):
                opens.append(found)
            else:
                items.append(found)
                if found.name is not None:
                    scope.aliases.setdefault(found.name.lower(), found.value)
    return Shape(items, opens)


def _entry(one: exp.Expr, scope: Scope, values: Values, uses: Uses) -> Iterator[Item | Open]:
    if is_star(one):
        yield from _star(one, scope, values, uses)
        return
    inner = one.this if isinstance(one, exp.Alias) else one
    while isinstance(inner, exp.Paren):
        inner = inner.this
    if isinstance(inner, exp.Like | exp.ILike | exp.SimilarTo) and is_star(inner.this):
        yield Open("", "which columns `* like` selects is not followed")
        return
    chosen = list(inner.find_all(exp.Columns))
    if chosen:
        yield from _of_columns(one, inner, chosen, scope, values)
        return
    value = values.of(inner, scope)
    if isinstance(inner, _UNNEST) and not (isinstance(one, exp.Alias) and _is_list(inner)):
        yield Open("", "unnest() makes one column of a list, and several of a struct")
    elif isinstance(one, exp.Alias):
        yield Item(one.alias, value)
    elif isinstance(one, exp.Aliases):
        yield from (Item(name.name, together([value])) for name in one.expressions)
    else:
        yield Item(inner.name if isinstance(inner, exp.Column | exp.Dot) else None, value)


def _is_list(unnest: exp.Expr) -> bool:
    """DuckDB gives the name to the elements of a list only: nobody writes one for a struct."""
    return not any(isinstance(one, exp.PropertyEQ | exp.Struct) for one in unnest.flatten())


def _star(one: exp.Expr, scope: Scope, values: Values, uses: Uses) -> Iterator[Item | Open]:
    star = one.this if isinstance(one, exp.Column) else one
    only = None
    marked = marked_star(one) if isinstance(one, exp.Column) else None
    if marked is not None:
        yield from _of_resource(*marked, star, scope, values)
        return
    if isinstance(one, exp.Column):
        only = scope.source(one.table)
        if only is None or one.args.get("db") is not None:
            values.note([exp.column(part.name) for part in one.parts[:1]], scope, "select")
            yield Open("", f"the fields of {one.table} are not listed")
            return
    items, opens = scope.star(only)
    if len(scope.sources) > 1 and any(
        one.args.get("table") for one in star.args.get("except_") or ()
    ):
        yield Open("", "`* exclude (t.x)` over several tables is not followed")
        return
    left_out, new_names, replaced = _changes(star, scope, values, uses)
    if star.args.get("ilike"):
        yield Open("", "which columns `* ilike` selects is not followed")
        return
    seen = set()
    for item in items:
        key = (item.name or "").lower()
        seen.add(key)
        if key in left_out:
            continue
        name = new_names[key][0] if key in new_names else item.name
        yield Item(name, replaced.get(key, item.value))
    missing = (new_names.keys() | replaced.keys()) - seen
    hidden = left_out | missing
    yield from (each._replace(hidden=each.hidden | hidden) for each in opens)
    for key in missing if opens else ():
        name, value = new_names.get(key) or (key, replaced[key])
        yield Item(name, replaced.get(key, value))


def _of_resource(
    unique_id: str, alias: str, star: exp.Expr, scope: Scope, values: Values
) -> Iterator[Item | Open]:
    """The columns of a resource by name, read from something that has them, and maybe others."""
    found: Sequence[Source | None] = [scope.source(alias)] if alias else scope.sources
    left_out = {one.name.lower() for one in star.args.get("except_") or ()}
    resource = values.shape_of(unique_id)
    source = found[0] if len(found) == 1 else None
    if source is None or not source.shape.is_same(resource):
        yield Open("", f"which columns of {unique_id} are read here is not in the text")
        return
    yield from (one for one in resource.items if (one.name or "").lower() not in left_out)
    yield from (one._replace(hidden=one.hidden | left_out) for one in resource.opens)


Renamed = dict[str, tuple[str, Value]]


def _changes(
    star: exp.Expr, scope: Scope, values: Values, uses: Uses
) -> tuple[set[str], Renamed, dict[str, Value]]:
    """What `exclude`, `rename` and `replace` say, by name in lower case."""
    left_out = set()
    for each in star.args.get("except_") or ():
        left_out.add(each.name.lower())
        uses.add(scope.column(each.name), "exclude")
    new_names = {
        each.this.name.lower(): (each.alias, values.of(exp.column(each.this.name), scope))
        for each in star.args.get("rename") or ()
    }
    replaced = {
        each.alias.lower(): values.of(cast("exp.Expr", each.this), scope)
        for each in star.args.get("replace") or ()
    }
    return left_out, new_names, replaced


def _of_columns(
    one: exp.Expr,
    inner: exp.Expr,
    chosen: list[exp.Columns],
    scope: Scope,
    values: Values,
) -> Iterator[Item | Open]:
    """`columns('a.*')`: one column for each that fits, in whatever expression it stands."""
    items, opens = scope.star()
    fits = _fits(chosen[0].this)
    if len({each.sql() for each in chosen}) > 1 or fits is None or isinstance(one, exp.Alias):
        values.note([inner], scope, "select")
        yield Open("", "which columns `columns(...)` selects is not followed")
        return
    others = [
        values.column(each, scope)
        for each in inner.find_all(exp.Column)
        if each.find_ancestor(exp.Columns) is None
    ]
    for item in items:
        if item.name is None or not fits.search(item.name):
            continue
        plain = inner is chosen[0]
        yield Item(item.name, item.value if plain else together([item.value, *others]))
    if opens:
        why = "columns(...) of something whose columns nobody lists"
        yield Open("", why)


def _fits(pattern: object) -> re.Pattern[str] | None:
    if isinstance(pattern, exp.Star) and not any(pattern.args.values()):
        return re.compile("")
    if isinstance(pattern, exp.Literal) and pattern.is_string:
        text = str(pattern.this)
        if _PLAIN_PATTERN.fullmatch(text):
            try:
                return re.compile(text)
            except re.error:
                return None
    if isinstance(pattern, exp.Array):
        names = [each.name for each in pattern.expressions]
        return re.compile(f"^({'|'.join(map(re.escape, names))})$", re.IGNORECASE)
    return None
