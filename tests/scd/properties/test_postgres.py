"""The cases that are played on DuckDB, on a real PostgreSQL server."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from tests.scd.postgres import Postgres
from tests.scd.properties.case import Case
from tests.scd.properties.play import Player, install
from tests.scd.properties.quick import quick_player
from tests.scd.properties.run import cases, failing, report
from tests.scd.properties.stores import SCHEMA
from tests.scd.properties.test_found import CASES
from tests.scd.test_change_log import HISTORIES, versions


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[Player]:
    postgres.rows(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
    target = {"PLAY_TARGET": "postgres", **postgres.environment()}
    with quick_player(install(tmp_path_factory.mktemp("player")), target=target) as player:
        yield player


def can_be_there(case: Case) -> bool:
    """Whether PostgreSQL has the types, and no column changes its own: what then becomes of them
    is another thing in each database. So is what is said of a key that is no column and no name:
    it is SQL, and the database answers.
    """
    for batch in case.batches:
        names = {name for name, _ in batch.columns}
        if any(not (key in names or key.isidentifier()) for key in batch.config["unique_key"]):
            return False
    kinds: dict[str, set[str]] = {}
    for batch in case.batches:
        for name, kind in batch.columns:
            kinds.setdefault(name.lower(), set()).add(kind)
    every = set().union(*kinds.values())
    return not any(len(one) > 1 for one in kinds.values()) and not any(
        kind == "HUGEINT" or kind.startswith("STRUCT") or kind.endswith("[]") for kind in every
    )


@pytest.mark.parametrize("kind", ["state", "events"])
def test_some_histories(on_postgres: Player, kind: str) -> None:
    check(on_postgres, cases(20240103, 40, [kind]))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["state", "events"])
def test_more_histories(on_postgres: Player, kind: str) -> None:
    check(on_postgres, cases(20240104, 400, [kind]))


def test_what_random_histories_have_found(on_postgres: Player) -> None:
    # A name may have 63 letters there.
    check(on_postgres, [replace(case, name=f"found_{n}") for n, case in enumerate(CASES)])


def test_the_examples_of_change_logs(on_postgres: Player) -> None:
    played = on_postgres(
        [Case(name, batches) for name, (batches, _) in HISTORIES.items()], "portable"
    )
    left = {name: versions(runs[-1]) for name, runs in played.items()}
    right = {name: sorted(expected, key=str) for name, (_, expected) in HISTORIES.items()}
    assert left == right


def check(player: Player, some: Iterable[Case]) -> None:
    possible = [case for case in some if can_be_there(case)]
    assert len(possible) >= 10
    wrong = failing(player, possible, "portable")
    if wrong:
        (first, words), *_ = wrong.items()
        case = next(each for each in possible if each.name == first)
        pytest.fail(f"{len(wrong)} histories differ\n{words}\n{report(player, case, 'portable')}")
