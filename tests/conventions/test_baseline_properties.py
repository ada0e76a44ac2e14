"""Whatever is renamed, moved or laid out anew: no old finding comes back, no new one passes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platform_cli.config import Check
from platform_cli.conventions.baseline import Baseline
from platform_cli.conventions.check import Checked, examine
from platform_cli.conventions.rule import load_rules
from platform_cli.conventions.rules_in_use import rules_in_use
from platform_cli.conventions.sieve import baseline_of
from platform_cli.project.project import Project
from tests.builders import write
from tests.conventions.random_project import (
    RandomProject,
    random_project,
    refactored,
    spoilt,
)

RULES = load_rules()
# Reformatting is what the style of a query is about: nothing of it has to stay.
STRICT = Check(preset="strict", rules={"style": "off"})
RANDOM = st.randoms(use_true_random=False)


def checked(random: RandomProject, baseline: Baseline | None) -> tuple[Checked, Baseline]:
    """What is found, and what the baseline would be."""
    with TemporaryDirectory() as folder:
        root = write(Path(folder), random.files())
        project = Project.load(root)
        in_use = rules_in_use(RULES, STRICT, root)
        if baseline is not None:
            (root / "baseline.json").write_text("{}")
        found = examine(
            project, in_use, STRICT, today=date(2026, 11, 20), baseline=baseline, selected=None
        )
        assert not found.findings.failures
        entries = dict(found.kept)
        if baseline is None:
            for one in found.new:
                entries[one] = entries.get(one, 0) + 1
        return found, baseline_of(entries, {}, project)


def nothing_comes_back(random: Random) -> None:
    before = random_project(random)
    _, baseline = checked(before, None)
    for _ in range(2):
        before = refactored(before, random)
        found, shrunk = checked(before, baseline)
        assert found.new == ()
        assert not [one for one in found.findings.diagnostics if one.name in RULE_NAMES]
        assert sum(shrunk.entries.values()) == sum(baseline.entries.values())
        baseline = shrunk


def what_is_new_is_found(random: Random) -> None:
    before = random_project(random)
    _, baseline = checked(before, None)
    after = refactored(before, random) if random.random() < 0.7 else before
    after, rule, name = spoilt(after, random)
    found, _ = checked(after, baseline)
    resource = f"model.shop.{name}"
    assert (rule, resource) in {(one.rule, one.resource) for one in found.new}
    assert {one.resource for one in found.new} == {resource}


RULE_NAMES = {one.name for one in RULES}
FEW = settings(
    max_examples=40, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
MANY = settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(RANDOM)
def test_no_old_finding_comes_back(random) -> None:
    nothing_comes_back(random)


@FEW
@given(RANDOM)
def test_every_new_fault_is_found(random) -> None:
    what_is_new_is_found(random)


@pytest.mark.slow
@MANY
@given(RANDOM)
def test_no_old_finding_comes_back_in_a_thousand(random) -> None:
    nothing_comes_back(random)


@pytest.mark.slow
@MANY
@given(RANDOM)
def test_every_new_fault_is_found_in_a_thousand(random) -> None:
    what_is_new_is_found(random)
