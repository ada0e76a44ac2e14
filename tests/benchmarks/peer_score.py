"""The 14 criteria of a review, scored by the same script for every tool.

1 met, 0.5 partly, 0 not; None where the case does not ask for it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from platform_cli.project.identifiers import snake_case
from tests.benchmarks.peer_made import DESCRIPTION, Made
from tests.benchmarks.peer_project import Case
from tests.scaffold.twenty_models import CRITERIA

Score = float | None
_SAME_TYPE = {
    "text": "varchar",
    "timestampntz": "timestamp",
    "timestamptz": "timestampwithtimezone",
}


def scored(case: Case, one: Made, findings: Sequence[str]) -> dict[str, Score]:
    """The score of one model by criterion; `findings` are those of the linter."""
    return dict(zip(CRITERIA, (rule(case, one, findings) for rule in _RULES), strict=True))


def total(scores: Sequence[Mapping[str, Score]]) -> dict[str, float]:
    """By criterion the mean over the models that ask for it."""
    means = {}
    for name in CRITERIA:
        found = [score for one in scores if (score := one[name]) is not None]
        means[name] = sum(found) / len(found)
    return means


def findings(made: Mapping[str, Made]) -> dict[str, list[str]]:
    """What sqlfluff says of each model: its own rules, lines of up to 100 characters."""
    with tempfile.TemporaryDirectory() as folder:
        for name, one in made.items():
            Path(folder, f"{name}.sql").write_text(_query(one.sql), encoding="utf-8")
        Path(folder, ".sqlfluff").write_text(
            "[sqlfluff]\ndialect = duckdb\nmax_line_length = 100\n", encoding="utf-8"
        )
        words = (sys.executable, "-P", "-m", "sqlfluff", "lint", "--format", "json", folder)
        out = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return {
        Path(file["filepath"]).stem: [
            f"{one['code']} {one['description']}" for one in file["violations"]
        ]
        for file in json.loads(out)
    }


def _query(sql: str) -> str:
    """Without what is no SQL: SQLMesh's block and its variables."""
    return re.sub(
        r"@(start|end)_ts",
        "'2026-01-01'",
        re.sub(r"\AMODEL \(.*?\n\);\s*", "", sql, flags=re.DOTALL),
    )


def _runs(_: Case, one: Made, __: object) -> Score:
    return float(one.ran)


def _clean(_: Case, one: Made, found: Sequence[str]) -> Score:
    named = all(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", one.sql, re.IGNORECASE) for name in one.built
    )
    return float(one.ran and named and not found)


def _quoted(case: Case, one: Made, _: object) -> Score:
    if not case.odd:
        return None
    return float(one.ran and all(f'"{name}"' in one.sql for name in one.odd))


def _types(_: Case, one: Made, __: object) -> Score:
    written = {name.lower(): _type(kind) for name, kind in one.types.items()}
    right = one.ran and all(
        written.get(name.lower()) == _type(kind) for name, kind in one.built.items()
    )
    known = one.ran and all(written.get(name.lower()) for name in one.built)
    if one.inferred:
        return 0.5 if known else 0.0
    return float(right)


def _type(words: str) -> str:
    text = re.sub(r"\s", "", words.lower())
    return _SAME_TYPE.get(text, text)


def _same(case: Case, one: Made, _: object) -> Score:
    return _share(case.same, one)


def _renamed(case: Case, one: Made, _: object) -> Score:
    return _share(case.renamed, one)


def _share(wanted: Mapping[str, str], one: Made) -> Score:
    """How many of the descriptions are there, under the name or as it is spelled now."""
    if not wanted:
        return None
    texts = {name.lower(): text for name, text in one.texts.items()}
    there = [
        text in (texts.get(name.lower()), texts.get(snake_case(name)))
        for name, text in wanted.items()
    ]
    return 1.0 if all(there) else 0.5 if any(there) else 0.0


def _described(_: Case, one: Made, __: object) -> Score:
    return float(one.description == DESCRIPTION)


def _contract(case: Case, one: Made, _: object) -> Score:
    return float(one.ran and one.contract) if case.public else None


def _tests(_: Case, one: Made, __: object) -> Score:
    return float(one.ran and one.tests > 0 and not one.failed)


def _unit(_: Case, one: Made, __: object) -> Score:
    return float(one.rows and one.passed)


def _owner(_: Case, one: Made, __: object) -> Score:
    return (one.owner + one.sla) / 2


def _placed(_: Case, one: Made, __: object) -> Score:
    return float(one.placed)


def _repeats(_: Case, one: Made, __: object) -> Score:
    met = (one.again, one.kept, one.checked)
    return 1.0 if all(met) else 0.5 if any(met) else 0.0


def _dry(_: Case, one: Made, __: object) -> Score:
    return {"diff": 1.0, "names": 0.5}.get(one.dry, 0.0)


_RULES: tuple[Callable[[Case, Made, Sequence[str]], Score], ...] = (
    *(_runs, _clean, _quoted, _types, _same, _renamed, _described),
    *(_contract, _tests, _unit, _owner, _placed, _repeats, _dry),
)
