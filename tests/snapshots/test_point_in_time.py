from datetime import UTC, datetime

import pytest

from platform_cli.snapshots.point_in_time import point_in_time


@pytest.mark.parametrize(
    "text", ["2024-03-01", "20240301", "2024-03-01 00:00:00+00", "2024-03-01T01:00:00+01:00"]
)
def test_without_an_offset_a_time_is_utc(text: str) -> None:
    assert point_in_time(text) == datetime(2024, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "infinity", ""])
def test_what_is_no_time_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        point_in_time(text)
