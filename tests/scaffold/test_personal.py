import pytest

from tests.scaffold.personal import personal


@pytest.mark.parametrize(
    "text",
    [
        "email: ada7@mail.org",
        'phone: "+44 20 7946 0107"',
        "street: 7 High Street",
        "street: Hauptstraße 7",
        "birth_date: 1970-01-08",
        "ip: 10.0.0.7",
        "iban: DE89 3704 0044 0532 0130 00",
        "{order_id: 100007, qty: 1}",
        '"customer_id": 5000007',
        "id: 3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "full_name: Ada Bmann",
        "(100007, 'paid')",
    ],
)
def test_a_persons_data_is_found(text) -> None:
    assert len(personal(text)) == 1


def test_made_up_rows_hold_none() -> None:
    made_up = """\
  - {order_id: 1, customer_id: 2, email: person3@example.com, full_name: full_name_1}
  - {event_id: "00000000-0000-4000-8000-000000000002", customer: 3}
  - {id: 00000000-0000-4000-8000-000000000001, birth_date: 2000-01-01, phone: phone_1}
  - {amount: "178.75", placed_at: "2026-03-01 05:00:00", first_order: 2026-01-08, status: paid}
version: 5da843fe
"""
    assert personal(made_up) == []
