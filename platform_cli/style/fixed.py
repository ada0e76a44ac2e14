"""A file as sqlfluff would lay it out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from platform_cli.project.sql.kept import Kept
from platform_cli.style.fault import Outcome, Task
from platform_cli.style.settings import SettingsFiles
from platform_cli.style.styles import task_of

if TYPE_CHECKING:
    from platform_cli.project.project import Project
    from platform_cli.project.resources import Node
    from platform_cli.style.pieces import Piece

_SPACE = re.compile(r"\s+")


class Fixed(Struct, frozen=True):
    """The text of the whole file, and the faults that this mends, by code, line and column."""

    text: str
    mended: frozenset[tuple[str, int, int]]


def fixed(
    project: Project, node: Node, text: str, home: Path, *, layout: bool = False
) -> Fixed | str:
    """What sqlfluff makes of the file of a node, which holds `text`; in words why nothing.

    Jinja stays as it is, and so does what it leaves out; that the rest says the same is for
    others to prove. With `layout`, only rules are asked that leave the query as it is.

    Raises PlatformError when sqlfluff refuses the project's settings.
    """
    plain = text.replace("\r\n", "\n")
    ends = "\r\n" if plain != text else "\n"
    if "\r" in plain or plain.replace("\n", ends) != text:
        return "its line ends are of several kinds"
    kept = Kept[Outcome](project, Outcome, "style")
    task = task_of(project, kept, node, text.encode(), SettingsFiles(home))
    if isinstance(task, Outcome):
        return task.undecided or "sqlfluff does not look at it"
    return _fixed(task, plain, ends, layout)


def _fixed(task: Task, text: str, ends: str, layout: bool) -> Fixed | str:
    from platform_cli.style.linter import lines_before, linted_file
    from platform_cli.style.pieces import pieces_of, walk

    linted = linted_file(task, fix=True, layout=layout)
    if isinstance(linted, str):
        return linted
    part, _ = linted.fix_string()
    source = text[task.start : task.stop]
    before, after = pieces_of(source), pieces_of(part)
    if _jinja(before, source) != _jinja(after, part):
        return "it would change Jinja, not only SQL"
    written = {
        step.piece
        for one in task.rendered
        for step in walk(one, task.start, task.stop).steps
        if step.end > step.start
    }
    unseen = any(
        one.kind == "literal" and number not in written and source[one.start : one.end].strip()
        for number, one in enumerate(before)
    )
    if unseen and _letters(source) != _letters(part):
        return "it would change more than layout, in a file of which Jinja leaves a part out"
    lines, width = lines_before(task)
    mended = frozenset(
        (one.rule_code(), one.line_no + lines, one.line_pos + (width if one.line_no == 1 else 0))
        for one in linted.get_violations(fixable=True)
    )
    whole = f"{text[: task.start]}{part}{text[task.stop :]}"
    return Fixed(whole.replace("\n", ends), mended)


def _jinja(pieces: tuple[Piece, ...], source: str) -> list[str]:
    """The tags, but for the spaces in them."""
    return [_SPACE.sub("", source[one.start : one.end]) for one in pieces if one.kind != "literal"]


def _letters(source: str) -> str:
    return _SPACE.sub("", source).casefold()
