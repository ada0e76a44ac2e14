"""Random histories: the engine leaves exactly what the oracle says, or refuses as it does."""

import pytest

from tests.scd.properties.play import Player
from tests.scd.properties.run import cases, failing, report

KINDS = ["state", "events"]


@pytest.mark.parametrize("kind", KINDS)
def test_some_histories(quick: Player, kind: str) -> None:
    check(quick, kind, seed=20240101, number=60)


def test_some_histories_whose_rows_are_compared_by_hash(quick: Player) -> None:
    check(quick, "state", seed=20240102, number=30, form="hashed")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["duckdb", "portable"])
def test_more_histories(quick: Player, kind: str, form: str) -> None:
    check(quick, kind, seed=7, number=250, form=form)


def check(player: Player, kind: str, seed: int, number: int, form: str = "duckdb") -> None:
    some = list(cases(seed, number, [kind]))
    wrong = failing(player, some, form)
    if wrong:
        first = next(case for case in some if case.name in wrong)
        pytest.fail(f"{len(wrong)} of {number} differ: {wrong}\n{report(player, first, form)}")
