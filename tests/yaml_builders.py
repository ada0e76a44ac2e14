"""Properties files as many hands write them: random values, comments, quotes, layout."""

from __future__ import annotations

import difflib
import re

import yaml
from hypothesis import strategies as st

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
                    "data_type": st.sampled_from(["integer", "VARCHAR(20)"]),
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


OPEN_END = re.compile(r": [|>]\+?\r?\n(?:(?:[ ][^\n]*)?\n)*[ ][^\n]*\Z")
"""A block of text that ends with the file: a line after it would become its last line break."""


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
