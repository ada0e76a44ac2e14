"""What DuckDB's complaints mean."""

import pytest

from platform_cli.database_file import explain


@pytest.mark.parametrize(
    ("complaint", "message"),
    [
        ('IO Error: Cannot open file "/x/a.duckdb": Permission denied', "may not open"),
        ('IO Error: Cannot open file "/x/a.duckdb": Read-only file system', "read-only"),
        ('IO Error: Could not write file "/x/a.duckdb": No space left on device', "disk is full"),
        ('IO Error: Could not write file "/x/a.duckdb": File too large', "a limit on file sizes"),
        ('Could not set lock on file "/x/a.db": Conflicting lock is held', "another process"),
        ("file was created with a newer version of DuckDB", "newer DuckDB"),
    ],
)
def test_a_complaint_about_the_database_is_explained(complaint: str, message: str) -> None:
    error = explain(complaint)
    assert error is not None
    assert message in error.message


@pytest.mark.parametrize(
    "complaint",
    [
        'IO Error: Cannot open file "data/flights.parquet": Permission denied',
        'Binder Error: Referenced column "a" not found',
    ],
)
def test_a_complaint_about_something_else_is_left_alone(complaint: str) -> None:
    assert explain(complaint) is None
