from pathlib import Path
from typing import Any

import pytest

from platform_cli.conventions.baseline import Baseline, Fingerprint, write_baseline
from platform_cli.conventions.sieve import baseline_of, outlived_entries, sift
from platform_cli.conventions.sight import Sight
from platform_cli.errors import Where
from platform_cli.project.project import Project
from tests.builders import write
from tests.resource_builders import a_model, a_project, reads

ID = "model.shop.fct_flights"
OLD = Fingerprint("has-y", ID, "column:a")
SQL = "select carrier, plane, delay from x"


def a_shop(folder: Path, *names: str, **changes: Any) -> Project:
    write(folder, {f"models/marts/{name}.sql": f"{SQL} as {name}" for name in names})
    models = [a_model(name) for name in names]
    return a_project(*models, root=folder, **changes)


def sight(project: Project, **changes: Any) -> Sight:
    usual: dict[str, Any] = {
        "project": project,
        "resources": set(project.resources),
        "rules": {"has-y", "no-x"},
        "known": {"has-y", "no-x", "is-off"},
        "locked": (),
        "silent": set(),
        "whole": True,
    }
    return Sight(**usual | changes)


def test_a_second_finding_of_the_same_kind_is_new(tmp_path) -> None:
    project = a_shop(tmp_path, "fct_flights")
    sifted = sift(Baseline({OLD: 1}), [OLD, OLD], sight(project))
    assert (sifted.new, sifted.kept, sifted.outlived) == ([1], {OLD: 1}, {})


def test_a_renamed_model_takes_its_entries_along_and_those_of_its_readers_name_it(
    tmp_path,
) -> None:
    before = a_shop(tmp_path, "fct_flights", "dim_a")
    call = Fingerprint("no-x", "model.shop.dim_a", "ref:fct_flights")
    dim = a_model("dim_a", **reads(a_model("fct_flights")))
    before = a_project(before.resources[ID], dim, root=tmp_path)
    baseline = baseline_of({OLD: 1, call: 1}, {}, before)
    assert set(baseline.sketches) == {ID, "model.shop.dim_a"}

    write(tmp_path, {"models/marts/fct_departures.sql": f"{SQL} as fct_departures"})
    new = a_model("fct_departures")
    after = a_project(new, a_model("dim_a", **reads(new)), root=tmp_path)
    found = [
        Fingerprint("has-y", new.unique_id, "column:a"),
        Fingerprint("no-x", "model.shop.dim_a", "ref:fct_departures"),
    ]
    sifted = sift(baseline, found, sight(after))
    assert (sifted.new, sifted.outlived) == ([], {})
    assert set(sifted.kept) == set(found)
    more = [*found, Fingerprint("has-y", new.unique_id, "column:b")]
    assert sift(baseline, more, sight(after)).new == [2]


def test_a_copy_is_no_rename(tmp_path) -> None:
    baseline = baseline_of({OLD: 1}, {}, a_shop(tmp_path, "fct_flights"))
    after = a_shop(tmp_path, "fct_flights", "fct_copy")
    copied = Fingerprint("has-y", "model.shop.fct_copy", "column:a")
    assert sift(baseline, [OLD, copied], sight(after)).new == [1]


def test_what_is_mended_is_outlived_and_not_kept(tmp_path) -> None:
    project = a_shop(tmp_path, "fct_flights")
    gone = Fingerprint("gone-rule", ID, "")
    sifted = sift(Baseline({OLD: 2, gone: 1}), [OLD], sight(project))
    assert (sifted.kept, sifted.outlived) == ({OLD: 1}, {OLD: 1, gone: 1})


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        (OLD, {"silent": {("has-y", ID)}}),
        (OLD, {"silent": {("has-y", "")}}),
        (OLD, {"silent": {("every rule", ID)}}),
        (OLD, {"resources": set()}),
        (Fingerprint("is-off", ID, ""), {}),
        (Fingerprint("has-y", "model.shop.gone", ""), {"whole": False}),
    ],
)
def test_what_the_check_cannot_tell_about_stays(tmp_path, key, changes) -> None:
    project = a_shop(tmp_path, "fct_flights")
    sifted = sift(Baseline({key: 1}), [], sight(project, **changes))
    assert (sifted.kept, sifted.outlived) == ({key: 1}, {})


def test_a_locked_rule_is_not_held_back(tmp_path) -> None:
    project = a_shop(tmp_path, "fct_flights")
    write_baseline(tmp_path, Baseline({OLD: 1}))
    sifted = sift(Baseline({OLD: 1}), [OLD], sight(project, locked=("has-y",)))
    assert (sifted.new, sifted.kept) == ([0], {})
    [one] = outlived_entries(sifted.outlived, sight(project, locked=("has-y",)))
    assert "it is locked" in one.message


def test_outlived_entries_are_told_once_per_rule_with_their_line(tmp_path) -> None:
    project = a_shop(tmp_path, "fct_flights")
    other = Fingerprint("has-y", ID, "column:b")
    write_baseline(tmp_path, Baseline({OLD: 1, other: 2}))
    [one] = outlived_entries({OLD: 1, other: 2}, sight(project))
    assert "3 entries for has-y" in one.message
    assert one.at == Where("baseline.json", 4)


NO_ENTRY = Fingerprint("model-has-yaml-entry", ID, "")
NO_TEXT = Fingerprint("model-has-description", ID, "")


def test_a_model_that_nobody_described_is_not_described_in_its_new_entry_either(tmp_path) -> None:
    seen = sight(a_shop(tmp_path, "fct_flights"))
    sifted = sift(Baseline({NO_ENTRY: 1, OLD: 1}), [NO_TEXT, OLD], seen)
    assert (sifted.new, sifted.kept, sifted.outlived) == ([], {NO_TEXT: 1, OLD: 1}, {})
    # It holds for this and nothing else, and for one debt once.
    elsewhere = NO_TEXT._replace(resource="model.shop.other")
    column = Fingerprint("columns-documented", ID, "column:a")
    found = [elsewhere, column, NO_TEXT, NO_TEXT]
    assert sift(Baseline({NO_ENTRY: 1}), found, seen).new == [0, 1, 3]
    assert sift(Baseline({NO_ENTRY: 1}), [], seen).outlived == {NO_ENTRY: 1}


def test_without_an_entry_again_it_is_found_once_the_baseline_says_description(tmp_path) -> None:
    seen = sight(a_shop(tmp_path, "fct_flights"))
    assert sift(Baseline({NO_TEXT: 1}), [NO_ENTRY], seen).new == [0]


def test_of_a_locked_description_nothing_is_held_back(tmp_path) -> None:
    seen = sight(a_shop(tmp_path, "fct_flights"), locked=("model-has-description",))
    assert sift(Baseline({NO_ENTRY: 1}), [NO_TEXT], seen).new == [0]
