import pytest

from platform_cli.project.resources import Column
from platform_cli.scaffold.unit_test import drafted_rows
from platform_cli.scaffold.unit_test.drafted_rows import DraftedRows, may_be_key
from tests.scaffold_builders import a_trial


@pytest.fixture
def rows_of(tmp_path):
    with a_trial(tmp_path) as (_, trial):

        def made(values, names):
            sql = f"select * from (values {values}) as t({names})"
            columns = trial.columns(sql)
            rows = DraftedRows.of(trial, sql, columns)
            assert rows is not None
            return rows, columns

        yield made


def test_the_first_named_like_a_key_that_is_unique_is_the_key(rows_of) -> None:
    rows, columns = rows_of("(1, 'a', 7), (2, 'b', 7), (3, 'c', 8)", "line, name, order_id")
    assert rows.key([], columns) == ("line",)
    assert rows.repeated(["order_id"]) == 2
    rows, columns = rows_of("(1, 'a', 7), (2, 'b', 9), (3, 'c', 8)", "line, name, order_id")
    assert rows.key([], columns) == ("order_id",)
    assert rows.key(["name"], columns) == ("name",)


def test_a_combination_is_found_when_no_column_is_unique(rows_of) -> None:
    rows, columns = rows_of("(1, 'a', 1), (1, 'b', 1), (2, 'a', 1)", "order_id, line_no, qty")
    assert rows.key([], columns) == ("order_id", "line_no")
    assert rows.said == "all 3 rows"


def test_null_makes_no_key_and_rows_that_are_alike_have_none(rows_of) -> None:
    rows, columns = rows_of("(1, 1), (null, 1), (3, 1)", "id, x")
    assert rows.repeated(["id"]) == 1
    assert rows.key([], columns) == ()
    rows, columns = rows_of("(1, 'a'), (1, 'a')", "id, x")
    assert rows.key([], columns) == ()


def test_of_one_row_nothing_is_proven(rows_of) -> None:
    rows, columns = rows_of("(1, 'a')", "id, x")
    assert rows.key([], columns) == ()


def test_of_very_many_rows_the_first_are_looked_at_and_that_is_said(rows_of, monkeypatch) -> None:
    monkeypatch.setattr(drafted_rows, "MOST_ROWS", 2)
    monkeypatch.setattr(drafted_rows, "_MOST_CELLS", 2)
    values = ", ".join(f"({n}, 1)" for n in range(1200))
    rows, _ = rows_of(values, "id, x")
    assert (rows.count, rows.complete, rows.said) == (1000, False, "the first 1,000 rows")


def test_values_that_the_other_table_lacks_are_counted(rows_of) -> None:
    rows, _ = rows_of("(1, 'a'), (2, 'b'), (2, 'c'), (null, 'd')", "customer_id, x")
    assert rows.missing("customer_id", "(select 1 as id)", "id") == 1
    assert rows.missing("customer_id", "(select unnest([1, 2]) as id)", "id") == 0
    assert rows.missing("customer_id", "(select 1 as id) where false", "gone") is None


@pytest.mark.parametrize(
    ("kind", "is_key"),
    [
        ("bigint", True),
        ("varchar", True),
        ("uuid", True),
        ("date", True),
        ("double", False),
        ("decimal(18,3)", False),
        ("struct(a integer)", False),
        ("integer[]", False),
    ],
)
def test_measures_and_nested_values_are_no_keys(kind, is_key) -> None:
    assert may_be_key(Column("x", data_type=kind)) is is_key
