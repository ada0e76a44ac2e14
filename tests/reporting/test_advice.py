from pathlib import Path

import duckdb
import pytest

from platform_cli.reporting.advice import advice


def said_by_duckdb(sql: str) -> str:
    with duckdb.connect() as connection, pytest.raises(duckdb.Error) as error:
        connection.execute(sql)
    return str(error.value)


def test_a_table_that_is_not_there_is_to_be_built() -> None:
    (line,) = advice(said_by_duckdb("select * from stg_flights"), "fct_flights")
    assert line.endswith("platform build --select +fct_flights")


def test_a_file_that_is_not_there_is_to_be_put_there() -> None:
    (line,) = advice(said_by_duckdb("from read_csv('data/{no}.csv')"), "stg_flights")
    assert "external_location" in line


def test_a_damaged_file_is_to_be_fetched_again(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    for damaged in (b"PAR1 rubbish", b"PAR1"):
        file.write_bytes(damaged)
        (line,) = advice(said_by_duckdb(f"from read_parquet('{file}')"), "stg_flights")
        assert "fetch it again" in line


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("This model has an enforced contract that failed.", "cast the column"),
        (
            "Catalog Error: Scalar Function with name to_date does not exist!",
            "dbt_valid_to_current",
        ),
        ("'surogate_key' is undefined", "name of the macro"),
        ("environment variable 'HOME_2' is required, but not set", "env_var('NAME', 'value')"),
    ],
)
def test_usual_errors_of_dbt_have_an_answer(message: str, words: str) -> None:
    (line,) = advice(message, "m")
    assert words in line


def test_a_database_that_is_held_has_the_advice_of_the_database() -> None:
    complaint = 'IO Error: Could not set lock on file "/x/shop.duckdb": (PID 1)'
    assert any("wait for that process" in line for line in advice(complaint, "m"))


def test_rows_of_a_release_are_looked_for_in_its_file() -> None:
    message = "snp: duplicate_key: 2 rows share 1 key (code)"
    (line,) = advice(message, "snp")
    assert line.endswith("platform snapshot plan --select snp")
    (line,) = advice(message, "snp", "data/ports_2024-02-01.csv")
    assert line.endswith("look into data/ports_2024-02-01.csv")


def test_an_unknown_message_has_no_advice() -> None:
    assert advice(said_by_duckdb("selec 1"), "m") == []
    assert advice("", "m") == []
