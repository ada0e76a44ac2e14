"""Random properties files against what they should say afterwards."""

import copy

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from platform_cli.project.edits.edit import AddItem, RefusedError, Remove, SetKey
from platform_cli.project.edits.yaml_edit import edited, edited_together
from platform_cli.project.entry_place import Item
from tests.yaml_builders import COLUMNS, NAMES, OPEN_END, TEXTS, files, kept


def entries(value, name):
    return next((one for one in value or [] if isinstance(one, dict) and one["name"] == name), None)


ways = st.one_of(
    st.tuples(st.just("config"), st.sampled_from(["group", "access", "new"])),
    st.just(("config", "meta", "owner")),
    st.just(("description",)),
    st.tuples(st.just("columns"), st.sampled_from(COLUMNS).map(Item), st.just("description")),
    st.tuples(
        st.just("columns"), st.sampled_from(COLUMNS).map(Item), st.just("meta"), st.just("q")
    ),
)


def with_key(value, way, new):
    """What setting a key means, said in another way than the program says it."""
    value = copy.deepcopy(value)
    place = value
    for at, key in enumerate(way):
        last = at == len(way) - 1
        following = [] if not last and isinstance(way[at + 1], Item) else {}
        if isinstance(key, Item):
            found = entries(place, key.name)
            if found is None:
                found = {"name": key.name}
                place.append(found)
            place = found
        elif last:
            place[key] = new
        else:
            if place.get(key) is None:
                place[key] = following
            place = place[key]
    return value


@settings(max_examples=150, deadline=None)
@given(files(), st.sampled_from(NAMES), ways, TEXTS)
@example("models:\n- name: kö\n  config: ~\n", "kö", ("config", "group"), "x")
def test_a_key_is_set_and_nothing_else_changes(text, name, way, new) -> None:
    before = yaml.safe_load(text)
    way = ("models", Item(name), *way)
    try:
        after = edited(text, SetKey("", way, new))
    except RefusedError:
        # Only where a longer text or another sort of value stands in the way.
        assert refusable(before, way, text)
        return
    assert yaml.safe_load(after) == with_key(before, way, new)
    gone, come = kept(text, after)
    assert len(gone) <= 1
    assert ("\r\n" in after) == ("\r\n" in text or (text.count("\n") == 0 and "\r\n" in after))
    assert all(line.endswith("\r\n") == ("\r\n" in text) for line in come if "\n" in text)
    assert edited(after, SetKey("", way, new)) == after


def refusable(before, way, text) -> bool:
    place = before
    for key in way:
        if isinstance(key, Item):
            if not isinstance(place, list):
                return True
            place = entries(place, key.name)
        elif isinstance(place, dict):
            place = place.get(key)
        else:
            return place is not None
        if place is None:
            # A null in a flow mapping, or an empty flow list as a value.
            return "{" in text or "~" in text or "null" in text
    return not isinstance(place, str) or "\n" in place or "{" in text or "#" in text


def test_nothing_is_put_behind_a_text_that_ends_with_the_file() -> None:
    text = "models:\n- name: a\n  description: |\n    one\n\n    two"
    assert OPEN_END.search(text)
    assert not OPEN_END.search(f"{text}\n")
    with pytest.raises(RefusedError, match="cannot be edited safely"):
        edited(text, AddItem("", ("models", Item("b"), "data_tests"), "unique"))


@settings(max_examples=100, deadline=None)
@given(
    files(), st.sampled_from(NAMES), st.sampled_from(COLUMNS), st.sampled_from(["unique", "x y"])
)
def test_an_item_is_added_and_nothing_else_changes(text, name, column, new) -> None:
    assume(not OPEN_END.search(text))
    before = yaml.safe_load(text)
    way = ("models", Item(name), "columns", Item(column), "data_tests")
    after = edited(text, AddItem("", way, new))
    expected = with_key(before, way, None)
    entry = entries(entries(expected["models"], name)["columns"], column)
    old = (entries((entries(before["models"], name) or {}).get("columns"), column) or {}).get(
        "data_tests", []
    )
    entry["data_tests"] = old if new in old else [*old, new]
    assert yaml.safe_load(after) == expected
    assert len(kept(text, after)[0]) <= 1
    assert edited(after, AddItem("", way, new)) == after


@settings(max_examples=100, deadline=None)
@given(files(), st.data())
def test_an_entry_is_removed_and_nothing_else_changes(text, data) -> None:
    before = yaml.safe_load(text)
    model = data.draw(st.sampled_from(before["models"]))
    if not model.get("columns"):
        return
    column = data.draw(st.sampled_from(model["columns"]))
    way = ("models", Item(model["name"]), "columns", Item(column["name"]))
    after = edited(text, Remove("", way))
    expected = copy.deepcopy(before)
    entry = entries(expected["models"], model["name"])
    entry["columns"] = [one for one in entry["columns"] if one["name"] != column["name"]]
    if not entry["columns"]:
        del entry["columns"]
    assert yaml.safe_load(after) == expected
    assert len(kept(text, after)[1]) <= 1
    assert edited(after, Remove("", way)) == after


edits = st.one_of(
    st.builds(
        lambda name, way, new: SetKey("", ("models", Item(name), *way), new),
        st.sampled_from(NAMES), ways, TEXTS,
    ),
    st.builds(
        lambda name, column, type_: AddItem(
            "", ("models", Item(name), "columns"), {"name": column, "data_type": type_}
        ),
        st.sampled_from(NAMES), st.sampled_from([*COLUMNS, "x", "y"]), st.just("integer"),
    ),
    st.builds(
        lambda name, column: Remove("", ("models", Item(name), "columns", Item(column))),
        st.sampled_from(NAMES), st.sampled_from(COLUMNS),
    ),
)  # fmt: skip


def one_after_the_other(text, several):
    for one in several:
        text = edited(text, one)
    return text


@settings(max_examples=200, deadline=None)
@given(files(), st.lists(edits, min_size=2, max_size=5))
def test_edits_together_say_what_they_say_one_after_the_other(text, several) -> None:
    try:
        expected = one_after_the_other(text, several)
    except RefusedError:
        expected = None
    try:
        after = edited_together(text, several)
    except RefusedError:
        after = None
    if expected is not None and after is not None:
        assert yaml.safe_load(after) == yaml.safe_load(expected)
    # What is refused step by step may be written at once, never the other way.
    assert after is not None or expected is None


def test_thousands_of_columns_are_added_at_once() -> None:
    way = ("models", Item("a"), "columns")
    more = [AddItem("", way, {"name": f"c{number}"}) for number in range(2000)]
    text = "models:\r\n- name: a # why\r\n  columns:\r\n  - name: id\r\n- name: b\r\n"
    after = edited_together(text, more)
    lines = "".join(f"  - name: c{number}\r\n" for number in range(2000))
    assert after == text.replace("- name: b", lines.lstrip(" ") + "- name: b").replace(
        "id\r\n- name: c0", "id\r\n  - name: c0"
    )
    assert edited_together(after, more) == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("models:\n\t- name: a\n", "not valid YAML"),
        ("models: [\n", "not valid YAML"),
        ("models: []\n---\nmodels: []\n", "several documents"),
        ("models:\n  - &a\n    name: a\n  - *a\n", "anchor"),
        ("models:\n  - name: a\n    config: &c {x: 1}\n  - name: b\n    config: *c\n", "anchor"),
        ("models:\n  - name: a\n    config: none\n", "no mapping"),
        ("models: {name: a}\n", "no list"),
        ("\ufeffmodels:\n  - name: a\n", "byte-order"),
        ("  models:\n  - name: a\n", "starts with a space"),
        ("  # said\nmodels:\n  - name: a\n", "starts with a space"),
        ("a: &a [1]\nb: &b [*a, *a]\n" + "".join(
            f"{two}: &{two} [{', '.join(['*' + one] * 9)}]\n"
            for one, two in zip("bcdefghi", "cdefghij", strict=True)
        ), "too large"),
    ],
)  # fmt: skip
def test_what_cannot_be_edited_safely_is_refused(text, why) -> None:
    with pytest.raises(RefusedError, match=why):
        edited(text, SetKey("", ("models", Item("a"), "config", "group"), "x"))


def test_anchors_elsewhere_do_no_harm() -> None:
    text = "models:\n  - name: a\n    meta: &m {x: 1}\n  - name: b\n    meta: *m\n  - name: c\n"
    after = edited(text, SetKey("", ("models", Item("c"), "config", "group"), "x"))
    assert after == text + "    config:\n      group: x\n"


def test_flow_style_stays_flow_style() -> None:
    text = "models: [{name: a, columns: [{name: id, data_tests: [unique]}]}]  # short\n"
    way = ("models", Item("a"), "columns", Item("id"), "data_tests")
    assert edited(text, AddItem("", way, "not_null")) == text.replace(
        "[unique]", "[unique, not_null]"
    )
    after = edited(text, SetKey("", ("models", Item("a"), "config", "group"), "x"))
    assert after == text.replace("}]}]", "}], config: {group: x}}]")


def test_a_question_mark_in_brackets_is_put_in_quotes() -> None:
    """PyYAML in Python reads a key there, PyYAML in C does not."""
    after = edited("models: [{name: a}]\n", SetKey("", ("models", Item("a"), "group"), "0?"))
    assert after == 'models: [{name: a, group: "0?"}]\n'


def test_an_empty_file_gets_its_first_entry() -> None:
    way = ("models", Item("a"), "config", "group")
    expected = "models:\n  - name: a\n    config:\n      group: x\n"
    assert edited("", SetKey("", way, "x")) == expected
    assert edited("# none yet\n", SetKey("", way, "x")) == f"# none yet\n{expected}"


def test_a_key_goes_where_people_look_for_it() -> None:
    text = "models:\n- name: a\n  description: x\n  # the columns\n  columns:\n  - name: id\n"
    after = edited(text, SetKey("", ("models", Item("a"), "config", "group"), "x"))
    assert after == text.replace("  # the", "  config:\n    group: x\n  # the")


def test_the_second_of_two_entries_of_one_name_can_be_removed() -> None:
    text = "columns:\n- name: a\n  description: x\n- name: a\n- name: b\n"
    after = edited(text, Remove("", ("columns", Item("a")), which=1))
    assert after == "columns:\n- name: a\n  description: x\n- name: b\n"


def test_what_would_be_left_empty_goes_with_what_is_removed() -> None:
    text = "models:\n- name: a\n  config:\n    meta:\n      platform: {waive: {x: {until: 1}}}\n"
    way = ("models", Item("a"), "config", "meta", "platform", "waive", "x")
    assert edited(text, Remove("", way)) == "models:\n- name: a\n"


def test_a_list_that_is_empty_is_written_in_lines() -> None:
    way = ("models", Item("a"), "columns")
    text = "models:\r\n- name: a\r\n  columns: []\r\n- name: b\r\n"
    adds = [AddItem("", way, {"name": one}) for one in ("x", "y")]
    after = text.replace(" []\r\n", "\r\n  - name: x\r\n  - name: y\r\n")
    assert edited_together(text, adds) == after
    assert edited("models:\n  - name: a\n    columns: [] # none yet\n", adds[0]) == (
        "models:\n  - name: a\n    columns: [{name: x}] # none yet\n"
    )
    tags = AddItem("", ("models", Item("a"), "tags"), "x")
    assert edited("models:\n- name: a\n  tags: []", tags) == "models:\n- name: a\n  tags: [x]"


def test_entries_with_a_blank_line_between_them_get_one_more_of_both() -> None:
    text = "models:\n  - name: a\n\n  - name: b\n    tags: [x]\n\nseeds: []\n"
    assert edited(text, AddItem("", ("models",), {"name": "c"})) == text.replace(
        "[x]\n", "[x]\n\n  - name: c\n"
    )
