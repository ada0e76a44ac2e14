"""An oracle by running: queries of all kinds over tables whose values say where they are from."""

import string
from itertools import count

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platform_cli.project.lineage.shape import Item, Rank, Shape, Value
from platform_cli.project.lineage.trace import Trace
from platform_cli.project.sql.origin import Origin
from platform_cli.project.sql.positions import Rendered
from platform_cli.project.sql.tree import Tree

TABLES = {"t0": ("a", "b", "c"), "t1": ("a", "c", "d"), "t2": ("b", "e"), "t3": ("a", "b", "c")}
MARKS = {
    (table, column): f"<{mark}>"
    for mark, (table, column) in zip(
        string.ascii_uppercase,
        ((table, column) for table, columns in TABLES.items() for column in columns),
        strict=False,
    )
}
"""Each column's value, of which no other value has a part."""


def placeholder(table: str) -> str:
    return f'"dbt_resource"."{table}"."{table}"'


class Made:
    """A relation that a query may read: SQL, and the names of its columns."""

    def __init__(self, sql: str, names: list[str]) -> None:
        self.sql = sql
        self.names = names


class Queries:
    """Draws a query, CTE by CTE."""

    def __init__(self, draw) -> None:
        self.draw = draw
        self.numbers = count()
        self.known = {placeholder(table): list(columns) for table, columns in TABLES.items()}

    def pick(self, options):
        return self.draw(st.sampled_from(list(options)))

    def whole(self) -> str:
        ctes = []
        for _ in range(self.draw(st.integers(0, 4))):
            made = self.query(2)
            name = f"q{next(self.numbers)}"
            ctes.append(f"{name} as ({made.sql})")
            self.known[name] = made.names
        last = self.query(2).sql
        return f"with {', '.join(ctes)} {last}" if ctes else last

    def query(self, depth: int) -> Made:
        if depth and self.draw(st.integers(0, 3)) == 0:
            return self.union(depth - 1)
        return self.select(depth)

    def union(self, depth: int) -> Made:
        left, right = self.select(depth), self.select(depth)
        by_name = self.draw(st.booleans())
        if by_name:
            names = left.names + [one for one in right.names if one not in left.names]
            return Made(f"({left.sql}) union all by name ({right.sql})", names)
        size = min(len(left.names), len(right.names))
        sides = [f"select {', '.join(one.names[:size])} from ({one.sql})" for one in (left, right)]
        return Made(" union all ".join(sides), left.names[:size])

    def relation(self, depth: int) -> tuple[str, list[str]]:
        if depth and self.draw(st.integers(0, 3)) == 0:
            made = self.query(depth - 1)
            return f"({made.sql})", made.names
        name = self.pick(sorted(self.known))
        return name, self.known[name]

    def select(self, depth: int) -> Made:
        sources: list[tuple[str, list[str]]] = []
        text = " from "
        merged: set[str] = set()
        for number in range(self.draw(st.integers(1, 3))):
            relation, names = self.relation(depth)
            alias = f"s{next(self.numbers)}"
            before = {one for _, columns in sources for one in columns}
            shared = sorted(
                one
                for one in before & set(names)
                if sum(one in columns for _, columns in sources) == 1 and one not in merged
            )
            if number == 0:
                text += f"{relation} as {alias}"
            elif shared and not merged and self.draw(st.booleans()):
                column = self.pick(shared)
                side = self.pick(["left", "right", "full"])
                text += f" {side} join {relation} as {alias} using ({column})"
                merged.add(column)
            else:
                text += f" left join {relation} as {alias} on true"
            sources.append((alias, names))
        listed: list[str] = []
        found: list[str] = []
        free = {one: alias for alias, columns in sources for one in columns}
        single = [one for one in free if sum(one in columns for _, columns in sources) == 1]
        for alias, columns in sources:
            if len(sources) == 1 and self.draw(st.integers(0, 2)) == 0:
                self.star(alias, columns, listed, found)
        listed += [
            self.expression(sources, single, sorted(merged), found)
            for _ in range(self.draw(st.integers(0 if listed else 1, 4)))
        ]
        sql = f"select {', '.join(listed)}{text}"
        return Made(sql, found)

    def star(self, alias: str, columns: list[str], listed: list[str], found: list[str]) -> None:
        kind = self.draw(st.integers(0, 3))
        star, names = f"{alias}.*" if self.draw(st.booleans()) else "*", list(columns)
        if kind == 1 and len(columns) > 1:
            gone = self.pick(columns)
            star += f" exclude ({gone})"
            names.remove(gone)
        elif kind == 2:
            changed, other = self.pick(columns), self.pick(columns)
            star += f" replace ({changed} || '.' || {other} as {changed})"
        elif kind == 3:
            old = self.pick(columns)
            new = f"n{next(self.numbers)}"
            star += f" rename ({old} as {new})"
            names[names.index(old)] = new
        listed.append(star)
        found += names

    def expression(self, sources, single, merged, found) -> str:
        def column() -> str:
            kind = self.draw(st.integers(0, 2))
            if kind == 0 and single:
                return self.pick(single)
            if kind == 1 and merged:
                return self.pick(merged)
            alias, columns = self.pick(sources)
            return f"{alias}.{self.pick(columns)}"

        one = column()
        name = f"n{next(self.numbers)}"
        form = self.draw(st.integers(0, 7))
        text = {
            0: one,
            1: one,
            2: f"{one} || '+' || {column()}",
            3: f"cast({one} as varchar)",
            4: f"upper(concat({one}, {column()}))",
            5: f"(select string_agg(z.v, '-') from (select {one} as v) as z)",
            6: f"list_transform([{one}], lambda x: x || {column()})[1]",
            7: f"string_agg({one}, '-') over (partition by 1)",
        }[form]
        bare = one.split(".")[-1]
        if form == 0 and bare not in found:
            found.append(bare)
            return one
        found.append(name)
        return f"{name}: {text}" if self.draw(st.integers(0, 5)) == 0 else f"{text} as {name}"


@st.composite
def queries(draw) -> str:
    return Queries(draw).whole()


def shape_of(unique_id: str) -> Shape:
    return Shape(
        Item(column, Value(frozenset({Origin(unique_id, column)}), Rank.PASSED))
        for column in TABLES[unique_id]
    )


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as made:
        for table, columns in TABLES.items():
            values = ", ".join(f"'{MARKS[table, one]}' as {one}" for one in columns)
            made.execute(f"create table {table} as select {values}")
        yield made


def hold(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Run the query, and hold what we say of it against the values."""
    plain = sql
    for table in TABLES:
        plain = plain.replace(placeholder(table), table)
    cursor = connection.execute(plain)
    names = [one[0] for one in cursor.description or ()]
    rows = cursor.fetchall()
    shape = Trace(shape_of, "duckdb").columns(Tree(Rendered(sql, sql, []), "duckdb"))
    assert not shape.opens
    assert [item.name for item in shape.items] == names
    # A join that finds nothing, and a union by name, leave out values.
    all_are_there = " using (" not in sql and " by name " not in sql
    for at, (name, value) in enumerate(shape.items):
        assert value.rank is not Rank.UNKNOWN, (name, value.why)
        seen = {row[at] for row in rows} - {None}
        said = {MARKS[one] for one in value.of}
        there = {mark for mark in MARKS.values() if any(mark in one for one in seen)}
        assert there <= said, name
        if all_are_there:
            assert there == said, name
        if value.rank is Rank.PASSED:
            assert seen <= said, name


QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@settings(deadline=None, max_examples=50, suppress_health_check=QUIET)
@given(sql=queries())
def test_every_value_is_of_the_columns_that_we_say(connection, sql) -> None:
    hold(connection, sql)


@pytest.mark.slow
@settings(deadline=None, max_examples=500, suppress_health_check=QUIET)
@given(sql=queries())
def test_every_value_is_of_the_columns_that_we_say_in_many_queries(connection, sql) -> None:
    hold(connection, sql)


@pytest.mark.parametrize(
    ("sql", "wrong"),
    [
        ("select a || b as n from t0", "select a as n from t0"),
        ("select a as n from t0", "select a || b as n from t0"),
        ("select a as n from t0", "select b as n from t0"),
        ("select upper(a) || '!' as n from t0", "select a as n from t0"),
    ],
)
def test_a_wrong_answer_is_seen(connection, monkeypatch, sql, wrong) -> None:
    sql, wrong = sql.replace("t0", placeholder("t0")), wrong.replace("t0", placeholder("t0"))
    hold(connection, sql)
    columns = Trace.columns
    tree = Tree(Rendered(wrong, wrong, []), "duckdb")
    monkeypatch.setattr(Trace, "columns", lambda self, _: columns(self, tree))
    with pytest.raises(AssertionError):
        hold(connection, sql)
