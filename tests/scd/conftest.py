"""What the tests of histories share: to start dbt costs more than most of them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.scd.properties.play import Player, install, play
from tests.scd.properties.quick import quick_player


@pytest.fixture(scope="session")
def player_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of both players: what one has parsed, the other reads."""
    return install(tmp_path_factory.mktemp("player"))


@pytest.fixture(scope="session")
def quick(player_project: Path) -> Iterator[Player]:
    """dbt, started once for all; `test_quick.py` holds that a whole dbt plays the same."""
    with quick_player(player_project) as player:
        yield player


@pytest.fixture(scope="session", params=["quick", pytest.param("dbt", marks=pytest.mark.slow)])
def player(request: pytest.FixtureRequest, player_project: Path) -> Player:
    """The quick one; in the long run of the tests a whole dbt too."""
    if request.param == "dbt":
        return partial(play, player_project)
    quick: Player = request.getfixturevalue("quick")
    return quick
