"""Random histories: the engine leaves exactly what the oracle says, or refuses as it does."""

from pathlib import Path

import pytest

from tests.scd.properties.play import install
from tests.scd.properties.run import cases, failing, report

KINDS = ["state", "events"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("properties"))


@pytest.mark.parametrize("kind", KINDS)
def test_some_histories(project: Path, kind: str):
    check(project, kind, seed=20240101, number=60)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["duckdb", "portable"])
def test_more_histories(project: Path, kind: str, form: str):
    check(project, kind, seed=7, number=250, form=form)


def check(project: Path, kind: str, seed: int, number: int, form: str = "duckdb") -> None:
    some = list(cases(seed, number, [kind]))
    wrong = failing(project, some, form)
    if wrong:
        first = next(case for case in some if case.name in wrong)
        pytest.fail(f"{len(wrong)} of {number} differ: {wrong}\n{report(project, first, form)}")
