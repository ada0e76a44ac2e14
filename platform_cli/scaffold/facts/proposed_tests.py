"""Data tests that hold on the data of today: keys and relations first, the rest as suggestions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.facts.column_facts import ColumnFacts, TableFacts
from platform_cli.scaffold.facts.key_candidates import count_of, is_key, key_candidates

if TYPE_CHECKING:
    from platform_cli.warehouse import Connection

Kind = Literal["key", "relationships", "accepted_values", "not_null"]
COMBINATION = "dbt_utils.unique_combination_of_columns"
_MOST_VALUES = 12
_LONGEST = 40
_TIMES_EACH = 10
_CODES = re.compile(r"(^|_)(status|state|type|kind|category|class|level|flag|rating|priority)$")
_AT_ONCE = 200
_NEARLY = 0.05
_TRIED = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """A test as YAML has it; `column` is empty for one of the whole table."""

    kind: Kind
    column: str
    test: str | dict[str, Any]
    because: str

    @property
    def sure(self) -> bool:
        """Whether it says what a table is, and not only how it happens to be today."""
        return self.kind in {"key", "relationships"}

    @property
    def words(self) -> str:
        """The test in one line."""
        if isinstance(self.test, str):
            return self.test
        [(name, said)] = self.test.items()
        values = said["arguments"]
        if name == "relationships":
            return f"{name} {values['to']}.{values['field']}"
        inner = next(iter(values.values()))
        return f"{name.partition('.')[2] or name} [{', '.join(map(str, inner))}]"


@dataclass(frozen=True, slots=True)
class Tested:
    """What is tested already: pairs of test and column in lower case, and the declared keys."""

    pairs: frozenset[tuple[str, str]]
    keys: tuple[frozenset[str], ...] = ()

    def has(self, test: str, column: str) -> bool:
        """Whether the column has such a test."""
        return (test, column.lower()) in self.pairs


@dataclass(frozen=True, slots=True)
class Target:
    """A table whose key the columns of others may hold; `relation` stands after `from`."""

    name: str
    bare: str
    field: str
    relation: Callable[[], str | None]


def key_tests(
    connection: Connection, table: TableFacts, subject: str, tested: Tested, *, combination: bool
) -> tuple[list[Proposal], str]:
    """Tests of the key, and what is to be said when it cannot be tested.

    `combination` is whether the project has dbt_utils, which tests several columns.
    """
    proof = f"unique and never NULL in all {count_of(table.rows, 'row')}"
    if tested.keys:
        single = [next(iter(one)) for one in tested.keys if len(one) == 1]
        columns = [column for one in single if (column := table.column(one))]
        return [
            Proposal("key", one.name, "not_null", f"it is the key; {proof}")
            for one in columns
            if not tested.has("not_null", one.name) and is_key(connection, table, [one.name])
        ], ""
    if table.rows == 1:
        return [], "it has one row: no key can be told"
    found = key_candidates(connection, table, subject)
    if not found:
        return [], "no key was found: no column, and no two or three, identify a row"
    key, names = found[0], " and ".join(found[0])
    proposals = [
        Proposal("key", one, "not_null", proof) for one in key if not tested.has("not_null", one)
    ]
    if len(key) == 1:
        if not tested.has("unique", key[0]):
            proposals.insert(0, Proposal("key", key[0], "unique", proof))
        return proposals, ""
    if not combination:
        return proposals, (
            f"the key is {names}, {proof}; dbt has no test for several columns: install dbt_utils,"
            " or declare a primary_key constraint"
        )
    arguments = {"arguments": {"combination_of_columns": list(key)}}
    return [Proposal("key", "", {COMBINATION: arguments}, proof), *proposals], ""


def relationship_tests(
    connection: Connection,
    table: TableFacts,
    targets: Sequence[Target],
    tested: Tested,
    own: Iterable[str],
) -> tuple[list[Proposal], list[str]]:
    """Columns all of whose values are keys of another table, and those that nearly are.

    `targets` are in the order of preference, `own` is the table's own key.
    """
    away = {one.lower() for one in own}
    found: list[Proposal] = []
    notes: list[str] = []
    tried = 0
    for column in table.columns:
        if column.name.lower() in away or not column.may_be_key or column.is_time:
            continue
        if tested.has("relationships", column.name):
            continue
        nearly = ""
        for target in _fitting(column.name, targets):
            tried += 1
            counted = _missing(connection, table, column, target) if tried <= _TRIED else None
            values, missing = counted or (0, 0)
            if values and not missing:
                found.append(_relation(column.name, target, values))
                nearly = ""
                break
            if missing and missing <= max(1, _NEARLY * values):
                nearly = nearly or (
                    f"{column.name}: {missing:,} of {count_of(values, 'value')} are not in"
                    f" {target.name}.{target.field}, so no relationships test is proposed"
                )
        notes += [nearly] if nearly else []
    return found, notes


def value_tests(
    connection: Connection,
    table: TableFacts,
    tested: Tested,
    leave_out: Iterable[str],
    is_personal: Callable[[str], bool],
) -> Iterator[Proposal]:
    """accepted_values of columns with few values, none of them of a person."""
    away = {one.lower() for one in leave_out}
    for column in table.columns:
        name = snake_case(column.name)
        text = column.data_type == "VARCHAR" or column.data_type.startswith("ENUM")
        code = column.data_type.endswith("INTEGER") or column.data_type.endswith("INT")
        if column.name.lower() in away or not (text or (code and _CODES.search(name))):
            continue
        if tested.has("accepted_values", column.name) or is_personal(column.name):
            continue
        if 1 < column.distinct <= _MOST_VALUES and table.rows >= _TIMES_EACH * column.distinct:
            values = _values(connection, table, column)
            if 1 < len(values) <= _MOST_VALUES and all(map(_is_word, values)):
                arguments: dict[str, Any] = {"values": values}
                if not text:
                    arguments["quote"] = False
                yield Proposal(
                    "accepted_values",
                    column.name,
                    {"accepted_values": {"arguments": arguments}},
                    f"only {len(values)} values in {count_of(table.rows, 'row')}",
                )


def not_null_tests(
    connection: Connection, table: TableFacts, tested: Tested, leave_out: Iterable[str]
) -> Iterator[Proposal]:
    """not_null of the columns that hold no NULL today, which may be by accident."""
    from platform_cli.warehouse import quoted, rows

    if not table.rows:
        return
    away = {one.lower() for one in leave_out}
    names = [
        one.name
        for one in table.columns
        if not one.nulls and one.name.lower() not in away and not tested.has("not_null", one.name)
    ]
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        wanted = ", ".join(f"count({quoted(one)})" for one in some)
        [counts] = rows(connection, f"select {wanted} from {table.relation}")  # noqa: S608
        for name, count in zip(some, counts, strict=True):
            if count == table.rows:
                because = f"no NULL in {count_of(table.rows, 'row')} today"
                yield Proposal("not_null", name, "not_null", because)


def _fitting(column: str, targets: Sequence[Target]) -> list[Target]:
    """The tables whose key the column may hold by its name, those of the very name first."""
    name = column.lower()
    exact, alike = list[Target](), list[Target]()
    for one in targets:
        field, bare = one.field.lower(), one.bare.lower()
        generic = field in {"id", "key", "code", "name", "uuid", "nr", "number", "no"}
        if (name == field and not generic) or name in {f"{bare}_{field}", f"{bare}_id"}:
            exact.append(one)
        elif not generic and name.endswith(f"_{field}"):
            alike.append(one)
    return [*exact, *alike]


def _missing(
    connection: Connection, table: TableFacts, column: ColumnFacts, target: Target
) -> tuple[int, int] | None:
    """How many different values it has, and how many of them the other table has not."""
    from platform_cli.warehouse import quoted, rows

    relation = target.relation()
    if relation is None:
        return None
    mine, its = quoted(column.name), quoted(target.field)
    query = (
        f"with mine as (select distinct {mine} as value from {table.relation}"  # noqa: S608
        f" where {mine} is not null), its as (select distinct {its} as value from {relation})"
        " select count(*), count(*) filter (its.value is null)"
        " from mine left join its on mine.value = its.value"
    )
    try:
        [(values, missing)] = rows(connection, query)
    except PlatformError:  # types that do not compare, or a parent that is gone
        return None
    return values, missing


def _relation(column: str, target: Target, values: int) -> Proposal:
    arguments = {"to": f"ref('{target.name}')", "field": target.field}
    test = {"relationships": {"arguments": arguments}}
    said = f"all {count_of(values, 'value')} are" if values > 1 else "its one value is"
    return Proposal("relationships", column, test, f"{said} there")


def _values(connection: Connection, table: TableFacts, column: ColumnFacts) -> list[Any]:
    from platform_cli.warehouse import quoted, rows

    name = quoted(column.name)
    found = rows(
        connection,
        f"select distinct {name} from {table.relation} where {name} is not null"  # noqa: S608
        f" order by 1 limit {_MOST_VALUES + 1}",
    )
    return [value for (value,) in found]


def _is_word(value: object) -> bool:
    """Whether it is a word of a list, and nothing that Jinja or a person is in."""
    if not isinstance(value, str):
        return True
    return 0 < len(value) <= _LONGEST and not re.search(r"[@{}\n]", value)
