"""Times of a history as people read them."""

from datetime import date, datetime

from platform_cli.reporting.moment import moment, precision

MIDNIGHT = datetime(2024, 1, 1)  # noqa: DTZ001
EVENING = datetime(2024, 1, 1, 18, 30, 0, 250)  # noqa: DTZ001
LATER = datetime(2024, 1, 1, 18, 30, 0, 500)  # noqa: DTZ001


def test_times_are_as_short_as_they_can_be_without_becoming_alike():
    assert precision([MIDNIGHT, None]) == "days"
    assert precision([MIDNIGHT, EVENING]) == "seconds"
    assert precision([EVENING, LATER]) == "microseconds"
    assert moment(MIDNIGHT, "days") == "2024-01-01"
    assert moment(EVENING, "seconds") == "2024-01-01 18:30:00"
    assert moment(EVENING, "microseconds") == "2024-01-01 18:30:00.000250"


def test_sequences_that_are_no_times_stay_what_they_are():
    assert precision([1, 2]) == "days"
    assert moment(17, "days") == "17"
    assert moment(date(2024, 1, 1), "days") == "2024-01-01"
