"""Properties files in many hands, brought in step with what their models return."""

import copy
import tempfile
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from platform_cli.project.edits.drafts import Drafts
from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.edits.sync_model import Returned, sync_model
from platform_cli.project.project import Project
from platform_cli.project.resources import Column
from tests.builders import write
from tests.resource_builders import a_model
from tests.small_project import FILES
from tests.yaml_builders import OPEN_END, files, kept

TYPES = ("integer", "varchar", "decimal(18,3)", "struct(a integer, b varchar)")
YAML = "models/shop.yml"


def project(folder: Path, text: str, value) -> Project:
    """A project with a model for each entry of the file."""
    models = {f"models/{one['name']}.sql": "select 1 as id\n" for one in value["models"]}
    few = {name: FILES[name] for name in ("dbt_project.yml", "profiles.yml")}
    return Project.load(write(folder, {**few, **models, YAML: text.encode()}), keep=False)


def by_hand(folder: Path, text: str, value) -> Project:
    """The same, as far as the file's models and columns go, for random files of other nonsense."""
    write(folder, {YAML: text.encode()})
    models = [
        a_model(
            one["name"],
            properties_path=YAML,
            columns={
                column["name"]: Column(column["name"], data_type=column.get("data_type"))
                for column in one.get("columns") or []
            },
        )
        for one in value["models"]
    ]
    return Project(folder, "shop", {one.unique_id: one for one in models})


def same(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def sync(read: Project, name: str, columns, *, prune=False, contract=False, describe=None):
    """The text after, and what was said to be due."""
    model = read.model(name)
    drafts = Drafts(read.root)
    one = sync_model(
        read,
        model,
        Returned(tuple(columns)),
        same_type=same,
        describe=describe or (lambda _: ""),
        prune=prune,
    )
    drafts.make(one.edits)
    return drafts.text(YAML), one


def declared(value, name):
    entry = next(one for one in value["models"] if one["name"] == name)
    return [(one["name"], one.get("data_type")) for one in entry.get("columns") or []]


@settings(max_examples=200, deadline=None)
@given(files())
def test_a_file_that_is_in_step_stays_as_it_is_byte_for_byte(text) -> None:
    value = yaml.safe_load(text)
    with tempfile.TemporaryDirectory() as folder:
        read = by_hand(Path(folder), text, value)
        for one in value["models"]:
            columns = [(name, type_ or "boolean") for name, type_ in declared(value, one["name"])]
            after, due = sync(read, one["name"], columns, prune=True)
            assert (after, due.edits, due.vanished) == (text, (), ())


def expected(value, name, columns, *, prune):
    """What being in step means, said in another way than the program says it."""
    value = copy.deepcopy(value)
    entry = next(one for one in value["models"] if one["name"] == name)
    types = dict(columns)
    for one in entry.get("columns") or []:
        if one.get("data_type") and one["name"] in types:
            new = types.pop(one["name"])
            one["data_type"] = one["data_type"] if same(one["data_type"], new) else new
        else:
            types.pop(one["name"], None)
    if prune and entry.get("columns"):
        there = dict(columns)
        entry["columns"] = [one for one in entry["columns"] if one["name"] in there]
    more = [{"name": name, "data_type": type_} for name, type_ in types.items()]
    if more:
        entry["columns"] = [*(entry.get("columns") or []), *more]
    if not entry.get("columns"):
        entry.pop("columns", None)
    return value


@settings(max_examples=200, deadline=None)
@given(files(), st.data())
def test_only_the_lines_that_are_meant_change(text, data) -> None:
    assume(not OPEN_END.search(text))
    value = yaml.safe_load(text)
    name = data.draw(st.sampled_from([one["name"] for one in value["models"]]))
    old = declared(value, name)
    left = [one for one in old if data.draw(st.booleans())]
    columns = [(column, data.draw(st.sampled_from(TYPES))) for column, _ in left]
    columns += [(f"new_{at}", TYPES[at]) for at in range(data.draw(st.integers(0, 3)))]
    assume(columns)
    prune = data.draw(st.booleans())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        after, due = sync(by_hand(root, text, value), name, columns, prune=prune)
        assert yaml.safe_load(after) == expected(value, name, columns, prune=prune)
        gone, come = kept(text, after)
        if not due.pruned:
            assert len(gone) <= max(1, len(due.retyped))
            notes = [line.strip() for line in gone if line.strip().startswith("#")]
            assert not notes
            assert Counter(after)["#"] == Counter(text)["#"]
        assert all(line.endswith("\r\n") == ("\r\n" in text) for line in come if "\n" in text)
        again, due = sync(by_hand(root, after, yaml.safe_load(after)), name, columns, prune=prune)
        assert (again, due.edits) == (after, ())


HANDS = """\
version: 2

x-ids: &ids
  - name: id   # the key
models:
    # of the north
    - name: fct
      description: >
        Folded,
        and long.
      columns:
      - {name: id, data_type: integer, description: 'It''s the key'}

      # the amount
      -   name: amount
          data_type: integer  # cents
          data_tests: [not_null]
    - name: other
      columns: *ids
"""


def test_the_hand_of_the_file_is_kept(tmp_path) -> None:
    read = project(tmp_path, HANDS, yaml.safe_load(HANDS))
    columns = [("id", "bigint"), ("amount", "decimal(9,2)"), ("Of Day", "date")]
    after, due = sync(read, "fct", columns, describe=lambda name: f"The {name}: all of it.")
    assert after == HANDS.replace("id, data_type: integer", "id, data_type: bigint").replace(
        "integer  # cents", "decimal(9,2)  # cents"
    ).replace(
        "[not_null]\n",
        '[not_null]\n      - name: Of Day\n        quote: true\n        data_type: date\n'
        '        description: "The Of Day: all of it."\n',
    )  # fmt: skip
    assert due.words == "fct: +Of Day date, id integer -> bigint, amount integer -> decimal(9,2)"


def test_what_stands_behind_an_alias_is_refused(tmp_path) -> None:
    read = project(tmp_path, HANDS, yaml.safe_load(HANDS))
    with pytest.raises(RefusedError, match=r"alias|anchor"):
        sync(read, "other", [("id", None), ("more", "integer")])
    assert sync(read, "other", [("id", None)])[0] == HANDS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("models:\n- name: a\n  columns:\n  - name: id\n  columns:\n  - name: x\n", "there twice"),
        ("models:\n- name: a\n  columns:\n  - name: id\n  - name: id\n", "declared 2 times"),
    ],
)
def test_what_is_said_twice_is_refused_with_its_line(tmp_path, text, why) -> None:
    read = project(tmp_path, text, {"models": [{"name": "a"}]})
    with pytest.raises(RefusedError, match=rf"{YAML}:[45]: .*{why}"):
        sync(read, "a", [("id", "integer"), ("more", "integer")])


CONTRACT = """\
models:
- name: a
  config: {contract: {enforced: true}}
  columns:
  - name: ID
    data_type: INTEGER
  - name: note
    data_type: text
"""


def test_a_contract_gets_all_types_and_names_are_the_same_in_any_case(tmp_path) -> None:
    read = project(tmp_path, CONTRACT.replace("    data_type: text\n", ""), {"models": []} | {
        "models": [{"name": "a"}]})  # fmt: skip
    after, due = sync(read, "a", [("id", "integer"), ("note", "varchar")])
    assert after == CONTRACT.replace("text", "varchar")
    assert due.words == "a: note untyped -> varchar"


def test_a_contract_takes_no_column_without_a_type(tmp_path) -> None:
    read = project(tmp_path, CONTRACT, {"models": [{"name": "a"}]})
    with pytest.raises(RefusedError, match="the contract wants the type of x"):
        sync(read, "a", [("id", "integer"), ("note", "varchar"), ("x", None)])


def test_what_a_table_lacks_is_not_pruned(tmp_path) -> None:
    """The table may be older than the SQL."""
    read = project(tmp_path, CONTRACT, {"models": [{"name": "a"}]})
    one = sync_model(
        read,
        read.model("a"),
        Returned((("id", "integer"),), certain=False),
        same_type=same,
        describe=str,
        prune=True,
    )
    assert (one.vanished, one.pruned, one.edits) == (("note",), False, ())


def test_a_model_with_versions_is_left_to_a_person(tmp_path) -> None:
    text = "models:\n- name: a\n  latest_version: 1\n  versions:\n  - v: 1\n    defined_in: a\n"
    read = project(tmp_path, text, {"models": [{"name": "a"}]})
    with pytest.raises(RefusedError, match="it has versions"):
        sync(read, "a", [("id", "integer")])


def test_many_columns_are_counted_and_not_named(tmp_path) -> None:
    read = project(tmp_path, CONTRACT, {"models": [{"name": "a"}]})
    columns = [("id", "bigint"), *((f"c{number}", "integer") for number in range(2000))]
    after, due = sync(read, "a", columns, prune=True)
    assert due.words == ("a: 2000 columns added, 1 columns of another type, 1 columns removed")
    assert len(yaml.safe_load(after)["models"][0]["columns"]) == 2001
