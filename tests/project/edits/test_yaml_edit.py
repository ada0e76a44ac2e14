"""Random properties files against what they should say afterwards."""

import copy
import difflib
import re

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from platform_cli.project.edits.edit import AddItem, RefusedError, Remove, SetKey
from platform_cli.project.edits.yaml_edit import edited, edited_together
from platform_cli.project.entry_place import Item

NAMES = ("fct_flights", "stg_flights", "dim_airports", "kö", "a-b")
COLUMNS = ("id", "carrier", "Delay", "naïve")
TEXTS = st.one_of(
    st.sampled_from(
        ["One row per flight.", "a: b", "# no comment", "yes", "12", "", " x ", "it's", 'a "b"']
    ),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), max_codepoint=0x1F6FF), max_size=12),
    st.sampled_from(["two\nlines", "three\n\nlines\n", "{{ doc('x') }}", "- item", "~", "😀 ok"]),
)
VALUES = st.one_of(TEXTS, st.booleans(), st.integers(-5, 5), st.none())


@st.composite
def columns(draw):
    names = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=4, unique=True))
    return [
        {"name": name}
        | draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "description": TEXTS,
                    "data_tests": st.lists(
                        st.sampled_from(["unique", "not_null"]), min_size=1, unique=True
                    )
                    | st.just([{"accepted_values": {"values": [1, 2]}}, "unique"]),
                    "meta": st.dictionaries(st.sampled_from("pqr"), VALUES, min_size=1),
                },
            )
        )
        for name in names
    ]


@st.composite
def documents(draw):
    """The value of a properties file."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    models = []
    for name in names:
        model = {"name": name}
        model |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "description": TEXTS,
                    "config": st.dictionaries(
                        st.sampled_from(["group", "access", "tags"]), VALUES, min_size=1
                    )
                    | st.just({"meta": {"owner": "ada", "n": 1}}),
                    "columns": columns(),
                },
            )
        )
        models.append(model)
    document = {"version": 2} if draw(st.booleans()) else {}
    return document | {"models": models}


class Printer:
    """Writes a value as YAML in a hand of its own: comments, quotes, blank lines, flow style."""

    def __init__(self, draw) -> None:
        self.draw = draw
        self.step = draw(st.sampled_from([1, 2, 3, 4]))
        self.dash = draw(st.sampled_from([0, 1, 2, 4]))
        self.noise = draw(st.booleans())

    def pick(self, *options):
        return self.draw(st.sampled_from(options))

    def comment(self) -> str:
        return self.pick("", "", "  # why: [not]", " #") if self.noise else ""

    def between(self, indent: int) -> list[str]:
        return self.pick([], [], [], [""], [" " * indent + "# about: it"]) if self.noise else []

    def mapping(self, value, indent: int) -> list[str]:
        lines = []
        for key, inner in value.items():
            lines += self.between(indent)
            head = f"{' ' * indent}{self.pick(key, key, repr(key))}:"
            lines += self.after(head, inner, indent)
        return lines

    def after(self, head: str, value, indent: int) -> list[str]:
        if isinstance(value, dict | list) and value and self.pick(True, True, False):
            if isinstance(value, dict):
                return [head + self.comment(), *self.mapping(value, indent + self.step)]
            return [head + self.comment(), *self.items(value, indent + self.dash)]
        if isinstance(value, str) and self.literal(value) and self.pick(True, False):
            return [f"{head} {self.pick('|', '|2')[:1]}{'-' if value[-1] != chr(10) else ''}"] + [
                " " * (indent + 2) + line if line else "" for line in value.rstrip("\n").split("\n")
            ]
        if value is None:
            return [head + self.pick("", " ~", " null") + self.comment()]
        return [f"{head} {self.flow(value)}{self.comment()}"]

    @staticmethod
    def literal(value: str) -> bool:
        return "\n" in value and not value.startswith((" ", "\n")) and "\n\n\n" not in value

    def items(self, value, indent: int) -> list[str]:
        lines = []
        for one in value:
            lines += self.between(indent)
            if isinstance(one, dict) and one:
                gap = self.pick(1, 1, 3)
                first, *rest = self.mapping_without_noise_first(one, indent + 1 + gap)
                lines += [" " * indent + "-" + " " * gap + first.lstrip(" "), *rest]
            else:
                lines.append(f"{' ' * indent}- {self.flow(one)}{self.comment()}")
        return lines

    def mapping_without_noise_first(self, value, indent: int) -> list[str]:
        noise, self.noise = self.noise, False
        (key, inner), *rest = value.items()
        lines = self.after(f"{' ' * indent}{key}:", inner, indent)
        self.noise = noise
        return lines + self.mapping(dict(rest), indent)

    def flow(self, value) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flow(one)}" for key, one in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + self.pick("", " ") + "]"
        text = yaml.safe_dump(
            value, allow_unicode=True, width=10**6, default_style=self.pick('"', "'", None)
        )
        text = text.removesuffix("\n").removesuffix("\n...")
        # What takes several lines or has commas is no word in a flow collection.
        good = "\n" not in text and (not isinstance(value, str) or text[:1] in "'\"")
        return text if good else self.quoted(value)

    def quoted(self, value) -> str:
        return yaml.safe_dump(value, width=10**6, default_style='"').removesuffix("\n")


@st.composite
def files(draw):
    """A file and its value."""
    value = draw(documents())
    printer = Printer(draw)
    lines = [*draw(st.sampled_from([[], ["# top"], ["---"]])), *printer.mapping(value, 0)]
    lines += draw(st.sampled_from([[], [""], ["", "# the end"]]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end]))


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


def kept(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that are gone, and lines that are new."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if old and not old[-1].endswith("\n"):
        old[-1] += "\r\n" if "\r\n" in before else "\n"
    if new and not new[-1].endswith("\n"):
        new[-1] += "\r\n" if "\r\n" in after else "\n"
    gone, come = [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[a:b]
            come += new[c:d]
    return gone, come


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


OPEN_END = re.compile(r": [|>]\+?\r?\n(?:(?:[ ]+[^\n]*)?\n)*[ ]+[^\n]*\Z")
"""A block of text that ends with the file: a line after it would become its last line break."""


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
