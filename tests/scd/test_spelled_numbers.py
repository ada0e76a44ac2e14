"""A column that turns from numbers to text, or back: what spells the same number is no change."""

from __future__ import annotations

import pytest

from tests.scd.properties.case import Batch, Case, Config
from tests.scd.properties.play import Played, Player

CHECK: Config = {"strategy": "check", "unique_key": ["id"], "check_cols": "all"}
CASES: dict[str, tuple[str, list[str | None], str, list[str | None], dict[str, int]]] = {
    "double": (
        "DOUBLE",
        ["1.0", "2.5", "1e20", "0.1", None, "nan"],
        "VARCHAR",
        ["1", "2.50", "100000000000000000000", "0.1", None, "nan"],
        {"overwritten": 3, "unchanged": 3},
    ),
    "really_others": (
        "DOUBLE",
        ["1", "1", "1", "7", "1"],
        "VARCHAR",
        ["2", "one", None, "007", " 1"],
        {"changed": 5},
    ),
    "float": ("FLOAT", ["0.1"], "VARCHAR", ["0.10000000149011612"], {"overwritten": 1}),
    "decimal": ("DECIMAL(10,2)", ["1.50", "2.00"], "VARCHAR", ["1.5", "2"], {"overwritten": 2}),
    "long_digits": (
        "BIGINT",
        ["9007199254740993"],
        "VARCHAR",
        ["9007199254740992.0"],
        {"changed": 1},
    ),
    "to_numbers": ("VARCHAR", ["1", "007"], "DOUBLE", ["1", "7"], {"overwritten": 1, "changed": 1}),
}


def batch(day: int, kind: str, values: list[str | None]) -> Batch:
    rows = [[str(number), value] for number, value in enumerate(values)]
    columns = [("id", "INTEGER"), ("v", kind)]
    return Batch(f"2024-01-{day:02} 00:00:00.000000", columns, rows, CHECK)


@pytest.fixture(scope="module", params=["duckdb", "portable"])
def played(request: pytest.FixtureRequest, player: Player) -> dict[str, list[Played]]:
    cases = [
        Case(name, [batch(1, old, values), batch(2, new, texts), batch(3, new, texts)])
        for name, (old, values, new, texts, _) in CASES.items()
    ]
    return player(cases, request.param)


@pytest.mark.parametrize("name", CASES)
def test_what_spells_the_same_number_is_no_change(
    name: str, played: dict[str, list[Played]]
) -> None:
    _, values, _, _, expected = CASES[name]
    _, turned, again = played[name]
    kinds = ("new", "changed", "closed", "overwritten", "unchanged")
    assert {kind: turned.counts[kind] for kind in kinds if turned.counts[kind]} == expected
    assert again.counts["unchanged"] == len(values)
    assert again.dump == turned.dump
    assert again.dump is not None
    assert again.dump.columns["v"] == "VARCHAR"
