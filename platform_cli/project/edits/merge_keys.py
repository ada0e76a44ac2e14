"""Two people's changes of one YAML file, brought together by key: their text stays where it can."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import yaml

from platform_cli.project.edits.edit import RefusedError, Remove, SetKey, YamlEdit
from platform_cli.project.edits.intended import intended_of, same, unshared
from platform_cli.project.edits.merge_lines import marked, merge_lines
from platform_cli.project.edits.merge_values import Clash, Merge, in_any_order
from platform_cli.project.edits.yaml_edit import edited, edited_at_once
from platform_cli.project.entry_place import Item, Keys

_COMMENT = re.compile(r"(?:^|\s)#.*")


class MergedKeys(NamedTuple):
    """The text with both changes; where they clash it is still mine."""

    text: str
    clashes: tuple[Clash, ...] = ()
    kept: tuple[Keys, ...] = ()


def merge_keys(
    base: str, mine: str, theirs: str, *, sections: Collection[str], names: tuple[str, str]
) -> MergedKeys:
    """What `theirs` made of `base`, brought into `mine`; of the top only these sections.

    `names` are what the model was called then, and is called now.

    Raises RefusedError when `mine` is no valid YAML, or is written in a way that cannot be edited
    safely.
    """
    if theirs in (base, mine):
        return MergedKeys(mine)
    old, new = (_only(_called(_read(one), names), sections) for one in (base, theirs))
    now = _read(mine)
    if mine == base and names[0] == names[1] and same(_only(now, sections), now):
        return MergedKeys(theirs)
    merge = Merge("")
    merge.walk((), old, new, {} if now is None else now)
    target = now
    for edit in merge.edits:
        target = intended_of(target, edit)
    # By line first: so the template's own comments and style come in, where nobody was before.
    for start in (merge_lines(base, mine, theirs).text, mine):
        clashes = list(merge.clashes)
        text = start if start == mine or not _lost(mine, start, base) else mine
        text, refused = _all_made(text, merge.edits, base) if merge.edits else (text, [])
        clashes += [Clash(one.way, _value(new, one)) for one in refused]
        if start == mine or (len(clashes) == len(merge.clashes) and _same_value(text, target)):
            break
    return MergedKeys(text, tuple(clashes), tuple(merge.kept))


def with_marks(text: str, clashes: Sequence[Clash], theirs_name: str) -> str:
    """The text with both sides of the clashes in it, between git's marks.

    Raises RefusedError when they cannot be put in safely.
    """
    other = text
    for clash in clashes:
        other = _made(other, SetKey("", clash.way, clash.theirs))
    mine, theirs = text.splitlines(keepends=True), other.splitlines(keepends=True)
    out: list[str] = []
    for tag, *span in SequenceMatcher(None, mine, theirs).get_opcodes():
        start, end, first, last = span
        if tag == "equal":
            out += mine[start:end]
        else:
            out += marked(mine[start:end], theirs[first:last], theirs_name)
    return "".join(out)


def _all_made(text: str, edits: Sequence[YamlEdit], base: str) -> tuple[str, list[YamlEdit]]:
    """The text after these edits, and those that a person has to make.

    As many at once as can be: a table has thousands of columns, and reading them again takes time.
    """
    after = edited_at_once(text, edits) if len(edits) > 1 else _made_or_none(text, edits[0])
    if after is not None and not _lost(text, after, base):
        return after, []
    if len(edits) == 1:
        return text, list(edits)
    middle = len(edits) // 2
    text, first = _all_made(text, edits[:middle], base)
    text, second = _all_made(text, edits[middle:], base)
    return text, first + second


def _made_or_none(text: str, edit: YamlEdit) -> str | None:
    """The text after the edit; None when a person has to make it."""
    try:
        return _made(text, edit)
    except RefusedError:
        return None


def _made(text: str, edit: YamlEdit) -> str:
    try:
        return edited(text, edit)
    except RefusedError:
        if not isinstance(edit, SetKey):
            raise
    # A value of several lines goes as a whole, and comes anew.
    return edited(edited(text, Remove(edit.path, edit.way)), edit)


def _lost(before: str, after: str, base: str) -> bool:
    """Whether a comment is gone that the template did not write."""
    counts = (Counter(_COMMENT.findall(one)) for one in (before, after))
    gone = next(counts)
    gone.subtract(next(counts))
    theirs = set(_COMMENT.findall(base))
    return any(count > 0 and one not in theirs for one, count in gone.items())


def _value(new: Any, edit: YamlEdit) -> Any:
    if isinstance(edit, SetKey):
        return edit.value
    value = new
    for key in edit.way:
        if isinstance(key, Item):
            value = next((one for one in value or () if one.get("name") == key.name), None)
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _read(text: str) -> Any:
    try:
        return unshared(yaml.load(text, yaml.CSafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 1})" if mark else ""
        raise RefusedError(f"it is not valid YAML{line}") from error


def _same_value(text: str, target: Any) -> bool:
    try:
        return same(in_any_order(_read(text)), in_any_order(target))
    except RefusedError:
        return False


def _called(value: Any, names: tuple[str, str]) -> Any:
    """What was generated, with the name that the model has now."""
    old, new = names
    if old == new or not isinstance(value, dict):
        return value
    models = [{**one, "name": new} if one.get("name") == old else one for one in value["models"]]
    tests = [
        {**one, "model": new} if one.get("model") == old else one
        for one in value.get("unit_tests") or ()
    ]
    return {**value, "models": models, **({"unit_tests": tests} if tests else {})}


def _only(value: Any, sections: Collection[str]) -> Any:
    if not isinstance(value, dict):
        return {}
    return {key: one for key, one in value.items() if key in sections}
