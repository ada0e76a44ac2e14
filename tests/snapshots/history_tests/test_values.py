"""What a cell in YAML means."""

from datetime import datetime

import pytest
import yaml

from platform_cli.snapshots.history_tests.values import Value, WrongValueError, time_of, value_of


def read(text: str, loader: type[yaml.SafeLoader] = yaml.SafeLoader) -> Value:
    node = yaml.compose(text, Loader=loader)
    assert node is not None
    return value_of(node)


@pytest.mark.parametrize("loader", ["SafeLoader", "CSafeLoader"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("~", "null"),
        ("null", "null"),
        ("'null'", "text"),
        ("NO", "text"),
        ("off", "text"),
        ("true", "bool"),
        ("False", "bool"),
        ("0", "int"),
        ("-12", "int"),
        ("007", "text"),
        ("1_000", "text"),
        ("12:30", "text"),
        ("1E5", "text"),
        ("'7'", "text"),
        ("7.", "float"),
        ("-.5", "float"),
        ("1.0e5", "float"),
        ("007.5", "text"),
        (".", "text"),
        ("-.", "text"),
        ("2024-01-31", "date"),
        ("'2024-01-31'", "text"),
        ("2024-01-31 12:30:00", "timestamp"),
        ("2024-01-31T12:30:00.5Z", "timestamptz"),
        ("2024-01-31 12:30:00+02:00", "timestamptz"),
        ("[1, a]", "json"),
        ("{a: 1}", "json"),
    ],
)
def test_the_kind_of_a_value(text: str, kind: str, loader: str) -> None:
    assert read(text, getattr(yaml, loader)).kind == kind


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("~", "null"),
        ("007", "'007'"),
        ("it's", "'it''s'"),
        ("+49", "'+49'"),
        (".nan", "'nan'"),
        ("-.INF", "'-INF'"),
        ("[1, 007, ~, [a's]]", """cast('[1,"007",null,["a''s"]]' as json)"""),
        (
            "{a: 2024-01-31, b: 1.5, c: true}",
            """cast('{"a":"2024-01-31","b":1.5,"c":true}' as json)""",
        ),
    ],
)
def test_a_value_as_sql(text: str, literal: str) -> None:
    assert read(text).literal() == literal


@pytest.mark.parametrize("text", ["2024-13-01", "2024-02-30", "2024-1-1", "2024-01-31 25:00"])
def test_what_looks_like_a_date_and_is_none(text: str) -> None:
    with pytest.raises(WrongValueError, match=text):
        read(text)


def test_a_time_is_written_as_a_date_or_a_text() -> None:
    assert time_of(read("2024-01-31")) == datetime.fromisoformat("2024-01-31")
    assert time_of(read("'2024-01-31 12:30'")) == datetime.fromisoformat("2024-01-31 12:30")
    assert time_of(read("yesterday")) is None
    assert time_of(read("20240131")) is None
