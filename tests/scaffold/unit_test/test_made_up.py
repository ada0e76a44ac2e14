import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_cli.scaffold.unit_test.made_up import MadeUp, literal_text

PERSONAL = {
    "e-mail": re.compile(r"[\w.+-]+@(?!example\.com)[\w-]+\.\w+"),
    "phone": re.compile(r"\+?\d[\d ()/-]{7,}\d"),
    "card or account": re.compile(r"\d{9,}"),
}


@pytest.mark.parametrize(
    ("column", "kind", "value"),
    [
        ("email", "varchar", "ada.lovelace@mail.org"),
        ("contact", "varchar", "ada.lovelace@mail.org"),
        ("phone", "varchar", "+44 20 7946 0958"),
        ("free", "varchar", "call +44 20 7946 0958"),
        ("customer_name", "varchar", "Ada Lovelace"),
        ("street", "varchar", "12 St James's Square"),
        ("birth_date", "date", "1815-12-10"),
        ("birth_date", "varchar", "1815-12-10"),
        ("ssn", "bigint", 123456789),
        ("anything", "bigint", 4111111111111111),
        ("customer_id", "varchar", "C-10007"),
        ("customer_id", "bigint", 10007),
        ("account_number", "decimal(18,0)", Decimal(99123)),
        ("session", "uuid", "6f1c2f8e-90b1-4a8a-9a55-0c8a3f0f7e11"),
        ("payload", "json", '{"name": "Ada"}'),
        ("latitude", "double", 51.50735),
    ],
)
def test_what_may_be_a_persons_is_replaced(column, kind, value) -> None:
    made = MadeUp().value(column, kind, value, plain=True)
    assert str(value) not in str(made)
    assert "Ada" not in str(made)


@given(
    st.emails() | st.from_regex(r"\+\d{2} \d{3} \d{7}", fullmatch=True) | st.text(), st.booleans()
)
def test_no_text_looks_like_personal_data(value, plain) -> None:
    made = str(MadeUp().value("value", "varchar", value, plain=plain))
    for pattern in PERSONAL.values():
        assert not pattern.search(made), made


def test_the_same_value_becomes_the_same_one_and_another_another() -> None:
    made_up = MadeUp()
    first = made_up.value("customer_id", "bigint", 10007)
    assert made_up.value("buyer", "bigint", 10007, joined=True) == first
    assert made_up.value("buyer", "bigint", 10008, joined=True) != first
    word = made_up.value("code", "varchar", "EWR")
    assert made_up.value("origin", "varchar", "EWR", joined=True) == word


def test_measures_words_of_few_and_times_stay() -> None:
    made_up = MadeUp()
    assert made_up.value("delay_minutes", "bigint", -12) == -12
    assert made_up.value("is_late", "boolean", value=True) is True
    assert made_up.value("amount", "decimal(10,2)", Decimal("1.50")) == "1.50"
    assert made_up.value("status", "varchar", "completed", plain=True) == "completed"
    assert made_up.value("status", "varchar", "completed") == "status_1"
    assert made_up.value("placed_at", "timestamp", "2026-01-01 10:00:00") == "2026-01-01 10:00:00"
    assert made_up.value("placed", "varchar", "2026-01-01") == "2026-01-01"
    assert made_up.value("amount", "double", float("nan")) == "nan"
    assert made_up.value("x", "varchar", None) is None


def test_what_is_nested_is_replaced_inside_and_reads_as_duckdb_writes_it() -> None:
    value = {"email": "ada@mail.org", "lines": [{"qty": 2, "note": "it's"}], "gone": None}
    assert MadeUp().value("data", "struct(...)", value) == (
        "{'email': 'person1@example.com', 'lines': [{'qty': 2, 'note': 'note_1'}], 'gone': NULL}"
    )


def test_maps_and_enums_are_written_as_duckdb_reads_them() -> None:
    made_up = MadeUp()
    assert made_up.value("more", "map(varchar, bigint)", {"ada": 2}) == "{more_1=2}"
    assert made_up.value("state", "enum('new', 'old')", "new") == "new"
    assert literal_text({"k": [1, None]}, "map(varchar, integer[])") == "{k=[1, NULL]}"
