"""Hold the reader's facts against dbt's, one by one."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.differential.facts import COLUMN_ATTRIBUTES, EDGE_ORDER, EDGES, Facts, Subject, Unknown

ABSENT = "(absent)"


@dataclass(frozen=True)
class Difference:
    """A fact that the reader states and dbt does not, or the other way round, or otherwise."""

    subject: Subject
    expected: Any
    actual: Any


@dataclass(frozen=True)
class AspectCount:
    """How many facts of one aspect are equal, undecided and wrong."""

    aspect: str
    equal: int
    undecided: int
    wrong: int


@dataclass(frozen=True)
class Comparison:
    """The result over all aspects; `reasons` counts why values are undecided."""

    counts: tuple[AspectCount, ...]
    differences: tuple[Difference, ...]
    reasons: tuple[tuple[str, int], ...]

    @property
    def wrong(self) -> int:
        """Number of facts on which the reader differs from dbt."""
        return sum(count.wrong for count in self.counts)

    @property
    def edges_decided(self) -> float:
        """Share of dbt's edges that the reader knows, 0 to 1; 1 for a project without edges."""
        for count in self.counts:
            if count.aspect == EDGES:
                return count.equal / max(1, count.equal + count.undecided + count.wrong)
        return 1.0


def compare(dbt: Facts, reader: Facts) -> Comparison:
    """Undecided is never wrong; everything else that differs is.

    A resource that only one side has is one difference (aspect `enabled` or `disabled`), not one
    for each of its facts; the same for a column.
    """
    tally: Counter[tuple[str, str]] = Counter()
    reasons: Counter[str] = Counter()
    differences = []
    for subject in sorted(dbt.keys() | reader.keys()):
        expected = dbt.get(subject, ABSENT)
        actual = _answer(subject, reader)
        if isinstance(actual, Unknown):
            if _is_placeholder(subject, dbt):
                continue
            verdict = "undecided"
            reasons[f"{subject.aspect}: {actual.reason}"] += 1
        elif _follows_from_another(subject, dbt, reader):
            continue
        elif _same(expected, actual):
            verdict = "equal"
        else:
            verdict = "wrong"
            differences.append(Difference(subject, expected, actual))
        tally[subject.aspect, verdict] += 1
    counts = tuple(
        AspectCount(
            aspect, *(tally[aspect, verdict] for verdict in ("equal", "undecided", "wrong"))
        )
        for aspect in sorted({aspect for aspect, _ in tally})
    )
    return Comparison(counts, tuple(differences), tuple(reasons.most_common()))


def _same(expected: Any, actual: Any) -> bool:
    """Equal, and of the same type: 1 is not true, in YAML or anywhere else."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(
            _same(value, actual[key]) for key, value in expected.items()
        )
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(_same, expected, actual))
    return bool(expected == actual)


def _answer(subject: Subject, reader: Facts) -> Any:
    """What the reader says: itself, or that the whole or the part around it is undecided."""
    exact = reader.get(subject, ABSENT)
    if isinstance(exact, Unknown):
        return exact
    # A resource whose `enabled` is undecided is there or not: both answers are "undecided".
    own = reader.get(Subject("enabled", subject.unique_id))
    if subject.aspect in {"enabled", "disabled"}:
        return own if isinstance(own, Unknown) else exact
    around = [Subject(subject.aspect, subject.unique_id)]
    parts = subject.key.split(".")
    if subject.aspect == "columns":
        around += [
            Subject(subject.aspect, subject.unique_id, ".".join(parts[:end]))
            for end in range(1, len(parts))
        ]
    for outer in around:
        if isinstance(reader.get(outer), Unknown):
            return reader[outer]
    return exact


def _is_placeholder(subject: Subject, dbt: Facts) -> bool:
    """Whether the undecided value names no fact of its own.

    True for "all edges are undecided" (counted edge by edge), and for a resource that may be
    disabled and is not in the manifest.
    """
    if subject.key == "" and subject.aspect in {EDGES, "config", "columns"}:
        return True
    return subject not in dbt and Subject("enabled", subject.unique_id) not in dbt


def _follows_from_another(subject: Subject, dbt: Facts, reader: Facts) -> bool:
    if subject.aspect in {"enabled", "disabled"}:
        return False
    here = Subject("enabled", subject.unique_id)
    if here not in dbt or here not in reader:
        return True
    if subject.aspect == "columns" and subject.key:
        for attribute in COLUMN_ATTRIBUTES:
            if subject.key.endswith(f".{attribute}"):
                column = Subject("columns", subject.unique_id, subject.key[: -len(attribute) - 1])
                return column not in dbt or column not in reader
    if subject.aspect == EDGE_ORDER:
        # Which edges exist is counted above; their order only says more when these are equal.
        return set(dbt.get(subject, ())) != set(reader.get(subject, ()))
    return False
