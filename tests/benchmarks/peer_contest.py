"""Models made by us and by other tools, of the same tables, scored by the same script."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import peer_codegen, peer_osmosis, peer_ours, peer_sqlmesh
from tests.benchmarks.peer_made import Made, Peers, Tool
from tests.benchmarks.peer_project import CASES
from tests.benchmarks.peer_score import findings, scored, total
from tests.scaffold.personal import personal

TOOLS = (
    Tool("platform", peer_ours.make),
    Tool("dbt-codegen", peer_codegen.make),
    Tool("dbt-osmosis", peer_osmosis.make),
    Tool("SQLMesh", peer_sqlmesh.make),
)


@dataclass(frozen=True)
class Entry:
    """What one tool reached: the mean by criterion, seconds per model, persons in its files."""

    tool: str
    scores: Mapping[str, float]
    cpu: float
    wall: float
    persons: int

    @property
    def score(self) -> float:
        return sum(self.scores.values())


def entered(tool: Tool, peers: Peers) -> Entry:
    """What a tool reaches. Raises OSError or RuntimeError when it could not be run."""
    with tempfile.TemporaryDirectory() as folder:
        made = tool.make(Path(folder, "project"), peers, CASES)
    found = findings(made)
    models = [made.get(case.name, Made()) for case in CASES]
    scores = [
        scored(case, one, found.get(case.name, ())) for case, one in zip(CASES, models, strict=True)
    ]
    return Entry(
        tool.name,
        total(scores),
        statistics.median(one.cpu for one in models),
        statistics.median(one.wall for one in models),
        sum(len(personal(one.said)) for one in models),
    )
