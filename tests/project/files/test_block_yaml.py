# ruff: noqa: E501  (YAML reads better on one line)
"""What is read line by line is what PyYAML reads."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_cli.project.files.block_yaml import Unusual, block_load
from platform_cli.project.files.fast_yaml import _flow, _plain, fast_load

VALUES = [
    "", "a", "two words", "yes", "null", "12", "1_000", "2024-01-31", "10:30:00", "http://x.y/z?a=b",
    "it's, {{ not }} [a] list", "a - b", "a:", "a: b", "a #b", "a#b", "'quoted: \"#'", '"it\'s: #"',
    "'it''s'", '"a\\nb"', "[unique, 'not_null', 12]", "[]", "[a, ]", "[a: b]", "{}", "- a", "-", "- - a",
    ">", ">", "|", "|-", ">-", "> # why", ">+", "|2", "{a: b}", "{a: {b: [c, 'd']}} # e", "{a: b", "{a: b} }", "{a: b}: {c}",
    "{a: b} {c}", "[{a: b}, c]", "{a: 'b}", "&x a", "*x", "!!str 1", "~", ".5", "größe ²", "a  # a comment", "# only", "'a' # b",
    "a\tb", "? a", "%a", "@a", "`a`", "---", "...", "a\u00a0b", "a\x85b", "ab?c", "key:value", '"a" b',
]  # fmt: skip
KEYS = [
    "",
    "name: ",
    "name:",
    "yes: ",
    "null: ",
    "a-b: ",
    "a.b_c: ",
    "12: ",
    "'q': ",
    "columns:  ",
    "a : ",
]
LINES = st.builds(
    lambda indent, dash, key, value: " " * indent + dash + key + value,
    st.integers(0, 5),
    st.sampled_from(["", "", "- ", "-   ", "-"]),
    st.sampled_from(KEYS),
    st.sampled_from(VALUES),
)
TEXTS = st.builds(
    lambda indent, text: " " * indent + text,
    st.sampled_from([0, 1, 2, 2, 2, 2, 3, 4, 4]),
    st.sampled_from(
        [
            "",
            "",
            "words, and: more",
            "# not",
            "- item",
            "'q'",
            "ends ",
            "x",
            "{{ y }}",
            "\t",
            "é\x85",
        ]
    ),
)
LIKELY = st.builds(
    lambda indent, dash, key, value: " " * indent + dash + key + value,
    st.sampled_from([0, 2, 4]),
    st.sampled_from(["", "- "]),
    st.sampled_from(["name: ", "data:", "columns:", ""]),
    st.sampled_from(["", "a", "12", "[b, c]", "'d'"]),
)


def _agrees(text: str) -> bool:
    """Whether it answered; its answer is then PyYAML's."""
    try:
        ours = block_load(text, _plain, _flow)
    except (Unusual, yaml.YAMLError):
        return False
    assert repr(ours) == repr(yaml.load(text, yaml.CSafeLoader))
    return True


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.one_of(LIKELY, LIKELY, LINES), max_size=9).map("\n".join))
def test_an_answer_is_the_one_of_pyyaml(text: str) -> None:
    _agrees(text)


@settings(max_examples=1000, deadline=None)
@given(st.lists(LIKELY, min_size=1, max_size=7).map("\n".join))
def test_likely_lines_in_any_order_too(text: str) -> None:
    _agrees(text)


@settings(max_examples=2000, deadline=None)
@given(
    st.sampled_from(["a: >", "a: |-", "- |", "- a: >-", "a:\n  b: |", "a:\n  - >"]),
    st.lists(TEXTS, max_size=6),
    st.sampled_from(["", "\n", "\nb: c", "\n- d", "\n\n", "\n  e: f"]),
)
def test_text_below_a_sign(first: str, lines: list[str], end: str) -> None:
    _agrees("\n".join([first, *lines]) + end)


@given(st.sampled_from(KEYS), st.text(max_size=6), st.sampled_from(["", "\nb: c", "\n  c"]))
def test_any_character_in_a_value(key: str, value: str, more: str) -> None:
    _agrees(key + value + more)


@pytest.mark.parametrize(
    "text",
    [
        "models:\n  - name: a\n    columns:\n      - name: id\n        data_tests: [unique]\n      - name: b\n  - name: c",
        "# what\n\nmodels:\n- name: a  # why\n\n  columns:\n  - name: id\n  config:\n    tags: ['x']",
        "sources:\n  -   name: raw\n      tables:\n        - name: t",
        "a:\nb:\n  - c\n  - http://d.e/f",
        "a: >\n  two: words\n  # three\n\n  four\n\n\nb:\n  - c: |-\n      x\n      y\n    d: {e: [f, {g: 'h'}]}  # i\n",
    ],
)
def test_what_properties_files_are_made_of_is_read_line_by_line(text: str) -> None:
    assert _agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: >+\n  b\n",
        "a: |\n  b\n   c\n",
        "a: >\n  b",
        "a: {b: c,\n  d: e}",
        "a: 'it''s'",
        "a: b\n  c",
        "a:\n  b",
        "- a\n b",
        "",
    ],
)
def test_the_rest_is_left_to_libyaml(text: str) -> None:
    with pytest.raises(Unusual):
        block_load(text, _plain, _flow)
    assert fast_load(text) == yaml.load(text, yaml.CSafeLoader)


def test_deep_nesting_is_left_to_libyaml_too() -> None:
    deep = 400
    text = "\n".join(f"{' ' * level}a:" for level in range(deep))
    assert repr(fast_load(text)) == "{'a': " * deep + "None" + "}" * deep
