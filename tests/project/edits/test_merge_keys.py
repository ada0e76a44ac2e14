import pytest
import yaml

from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.edits.merge_keys import merge_keys, with_marks
from platform_cli.project.entry_place import Item

BASE = """\
models:
  - name: fct_flights
    description: TODO
    config:
      group: ops
    columns:
      - name: flight_id
        data_type: bigint
        data_tests: [unique, not_null]
      - name: carrier
        data_type: varchar

unit_tests:
  - name: fct_flights__as_generated
    model: fct_flights
    given:
      - input: ref('stg_flights')
        rows:
          - {id: 1}
    expect:
      rows:
        - {flight_id: 1}
"""
ENTRY = ("models", Item("fct_flights"))


def merged(mine: str, theirs: str, names: tuple[str, str] = ("fct_flights", "fct_flights")):
    return merge_keys(BASE, mine, theirs, sections=("models", "unit_tests"), names=names)


def put(*pairs: tuple[str, str]) -> str:
    text = BASE
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_what_nobody_touched_is_as_made_anew() -> None:
    theirs = put(("      group: ops\n", "      # whose\n      group: ops\n"))
    assert merged(BASE, theirs) == (theirs, (), ())


def test_neighbouring_keys_are_no_conflict() -> None:
    mine = put(("description: TODO", "description: 'Mine.'  # by me"))
    theirs = put(("    config:\n", "    config:\n      access: public\n"))
    assert merged(mine, theirs).text == mine.replace(
        "    config:\n", "    config:\n      access: public\n"
    )
    assert not merged(mine, theirs).clashes


def test_a_changed_value_comes_in_where_mine_is_as_made() -> None:
    mine = put(("data_type: bigint", 'data_type: "bigint"  # yes'), ("TODO", "Mine."))
    theirs = put(("data_type: bigint", "data_type: hugeint"), ("varchar", "text"))
    after = merged(mine, theirs)
    assert after.text == mine.replace('"bigint"', "hugeint").replace("varchar", "text")
    assert not after.clashes


def test_the_template_s_comments_come_in_where_nobody_was() -> None:
    mine = put(("TODO", "Mine."), ("varchar", "text"))
    theirs = put(
        ("        data_type: bigint", "        # its type\n        data_type: bigint"),
        ("    config:\n", "    config:\n      tags: [made]\n"),
    )
    assert "# its type" in merged(mine, theirs).text


@pytest.mark.parametrize(
    ("mine", "theirs", "there"),
    [
        # Mine wrote the tests out, and the template has one more.
        (
            (
                "[unique, not_null]",
                "\n          - unique: {config: {severity: warn}}\n          - not_null",
            ),
            ("[unique, not_null]", "[unique, not_null, positive]"),
            [{"unique": {"config": {"severity": "warn"}}}, "not_null", "positive"],
        ),
        # The template takes one away that is as it was made.
        (
            ("[unique, not_null]", "[mine, unique, not_null]"),
            ("[unique, not_null]", "[unique]"),
            ["mine", "unique"],
        ),
        # The template changes one, mine added another.
        (
            ("[unique, not_null]", "[unique, not_null, mine]"),
            ("[unique, not_null]", "[{unique: {name: u}}, not_null]"),
            [{"unique": {"name": "u"}}, "not_null", "mine"],
        ),
    ],
)
def test_data_tests_are_known_by_their_names(mine, theirs, there) -> None:
    after = merged(put(mine), put(theirs))
    column = yaml.safe_load(after.text)["models"][0]["columns"][0]
    assert (column["data_tests"], after.clashes) == (there, ())


def test_what_mine_took_away_stays_away_and_is_said() -> None:
    mine = put(("      - name: carrier\n        data_type: varchar\n", ""))
    mine = mine[: mine.index("\nunit_tests")]
    theirs = put(("varchar", "text"), ("{id: 1}", "{id: 2}"), ("bigint", "hugeint"))
    after = merged(mine, theirs)
    assert after.text == mine.replace("bigint", "hugeint")
    assert after.kept == ((*ENTRY, "columns", "carrier"), ("unit_tests",))


def test_the_same_key_changed_otherwise_is_a_clash_and_both_stand_between_marks() -> None:
    mine, theirs = put(("TODO", "Mine.")), put(("TODO", "Theirs."), ("varchar", "text"))
    after = merged(mine, theirs)
    assert after.text == mine.replace("varchar", "text")
    assert after.clashes == (((*ENTRY, "description"), "Theirs."),)
    assert with_marks(after.text, after.clashes, "template 1") == after.text.replace(
        "    description: Mine.\n",
        "<<<<<<< yours\n    description: Mine.\n=======\n    description: Theirs.\n"
        ">>>>>>> template 1\n",
    )


def test_rows_are_one_value() -> None:
    mine, theirs = put(("{id: 1}", "{id: 7}")), put(("{id: 1}", "{id: 2}"))
    after = merged(mine, theirs)
    assert (after.text, len(after.clashes)) == (mine, 1)
    assert merged(put(("TODO", "Mine.")), theirs).text == theirs.replace("TODO", "Mine.")


def test_a_comment_of_mine_is_never_lost() -> None:
    block = "\n          - unique  # agreed with Ada\n          - not_null"
    mine = put((" [unique, not_null]", block))
    theirs = put(("[unique, not_null]", "[{unique: {name: u}}, not_null]"))
    after = merged(mine, theirs)
    assert after.text == mine
    assert [one.way for one in after.clashes] == [
        (*ENTRY, "columns", Item("flight_id"), "data_tests")
    ]


def test_others_in_the_file_and_other_styles_are_left_alone() -> None:
    others = "version: 2\nmodels:\n- {name: other, description: TODO}\n- name: fct_flights\n"
    mine = others + "  description: >\n    Mine,\n    folded.\n  config: {group: ops}\n"
    theirs = put(("    config:\n", "    config:\n      access: public\n"), ("TODO", "TODO"))
    after = merged(mine, theirs)
    assert after.text == mine.replace("{group: ops}", "{group: ops, access: public}")


def test_a_renamed_model_is_found_by_its_name_now() -> None:
    mine = BASE.replace("name: fct_flights\n", "name: fct_trips\n").replace(
        "model: fct_flights", "model: fct_trips"
    )
    theirs = put(("    config:\n", "    config:\n      access: public\n"))
    after = merged(mine, theirs, ("fct_flights", "fct_trips"))
    assert after.text == mine.replace("    config:\n", "    config:\n      access: public\n")


def test_line_ends_of_windows_stay() -> None:
    mine = put(("TODO", "Mine.")).replace("\n", "\r\n")
    theirs = put(("varchar", "text"), ("    config:\n", "    config:\n      access: public\n"))
    after = merged(mine, theirs)
    assert after.text.count("\n") == after.text.count("\r\n") == theirs.count("\n")
    assert yaml.safe_load(after.text) == yaml.safe_load(theirs.replace("TODO", "Mine."))


def test_a_file_that_is_no_yaml_is_refused_with_the_line() -> None:
    with pytest.raises(RefusedError, match="line 2"):
        merged("models:\n\t- x: 1\n", put(("TODO", "Theirs.")))
