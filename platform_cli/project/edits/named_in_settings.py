"""A model's name in the files that know models by their names alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from platform_cli.errors import Where
from platform_cli.project.edits.edit import RefusedError, ReplaceText
from platform_cli.project.edits.yaml_tree import composed, index
from platform_cli.project.resources import Model


def in_settings(texts: Mapping[str, str], model: Model, name: str) -> Iterator[ReplaceText]:
    """The edits that give the model its new name there.

    A key or a word that is the name, with what a selection may add to it, or the path of the
    model's file: that is certain. Raises RefusedError, with the place, for any other mention.
    """
    word = re.compile(rf"(?<!\w){re.escape(model.name)}(?!\w)")
    sure = re.compile(
        rf"(?:fqn:|path:|file:)?(?:@|\d*\+)?(?:[\w./-]*[./])?(?P<name>{re.escape(model.name)})"
        r"(?:\.(?:sql|py|yml|yaml))?(?:\+\d*)?"
    )
    for path, text in texts.items():
        for start, end in _mentions(path, text, word):
            found = sure.fullmatch(text, *_scalar(text, start))
            if found is None or found.start("name") != start:
                line = text.count("\n", 0, start) + 1
                raise RefusedError(f"{Where(path, line)} names it too: rename it by hand")
            yield ReplaceText(path, start, text[start:end], name)


def _mentions(path: str, text: str, word: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the name stands, but for comments and for calls, which are edited as such."""
    if not path.endswith((".yml", ".yaml")):
        yield from (found.span() for found in word.finditer(text))
        return
    for node in _scalars(composed(text)):
        begin, end = index(node), int(node.end_mark.index)
        for found in word.finditer(text, begin, end):
            if not re.search(r"\bref\s*\([^)]*$", text[begin : found.start()]):
                yield found.span()


def _scalars(top: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    todo = [top] if top is not None else []
    seen: set[int] = set()
    while todo:
        node = todo.pop()
        if id(node) in seen:  # by an alias
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            todo += [part for pair in node.value for part in pair]
        else:
            todo += node.value


def _scalar(text: str, at: int) -> tuple[int, int]:
    """The word between blanks, quotes, commas and brackets that a place is in."""
    ends = " \t\r\n\"',[]{}"
    start = end = at
    while start > 0 and text[start - 1] not in ends:
        start -= 1
    while end < len(text) and text[end] not in ends and text[end : end + 2] not in (": ", ":\n"):
        end += 1
    return start, end - 1 if text[end - 1] == ":" else end
