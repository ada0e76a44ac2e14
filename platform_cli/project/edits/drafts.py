"""The files of a project as they would be: edits are made on texts in memory."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from platform_cli.project.edits.edit import (
    DeleteFile,
    Edit,
    MoveFile,
    RefusedError,
    ReplaceText,
    YamlEdit,
)
from platform_cli.project.edits.unified import unified
from platform_cli.project.edits.yaml_edit import edited_together
from platform_cli.project.files.tree import HUGE


class Change(Struct, frozen=True):
    """What becomes of one file: `before` is None for a new one, `old_path` its name before.

    One that is `gone` says nothing afterwards.
    """

    path: str
    before: str | None
    after: str
    old_path: str = ""
    gone: bool = False

    @property
    def verb(self) -> str:
        """create, delete, rename or update."""
        if self.gone:
            return "delete"
        return "create" if self.before is None else "rename" if self.old_path else "update"

    def diff(self) -> str:
        """What changes, as a unified diff; line ends of Windows are not shown."""
        old = "/dev/null" if self.before is None else f"a/{self.old_path or self.path}"
        new = "/dev/null" if self.gone else f"b/{self.path}"
        lines = unified(self.before or "", self.after, old, new)
        if self.old_path:
            # In git's own words, so that `git apply` renames as well.
            names = self.old_path, self.path
            head = "diff --git a/{} b/{}\nrename from {}\nrename to {}"
            lines.insert(0, head.format(*names, *names))
        return "\n".join(lines)


class _File(Struct):
    before: str | None
    path: str
    base: str
    """The text when this round began: the places of spans are those in it."""
    spans: list[ReplaceText] = []
    """In the order of the text."""
    keys: list[YamlEdit] = []
    gone: bool = False
    now: str | None = None
    """None when it has to be put together: not after each of a thousand spans."""

    @property
    def text(self) -> str:
        """The text after all edits of this round: the spans, and then the keys."""
        if self.now is None:
            self.now = _replaced(self)
        return self.now


class Drafts:
    """Edits of several files; those that belong together are made all or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[str, _File] = {}
        """By the path that the file has now."""
        self._gone: set[str] = set()

    def make(self, edits: Iterable[Edit]) -> None:
        """Make all of these edits.

        Raises RefusedError, and makes none, when one of them cannot be made; WaitError when
        another edit of this round is in the way.
        """
        edits = tuple(edits)
        paths = {edit.path for edit in edits}
        paths |= {edit.to for edit in edits if isinstance(edit, MoveFile)}
        files = {path: _copy(self._files[path]) for path in paths & self._files.keys()}
        gone = paths & self._gone
        try:
            for path, several in groupby(edits, _yaml_path):
                if path:
                    self._edit_yaml(path, [one for one in several if isinstance(one, YamlEdit)])
                else:
                    for edit in several:
                        self._make(edit)
        except RefusedError:
            for path in paths:
                self._files.pop(path, None)
            self._files |= files
            self._gone = self._gone - paths | gone
            raise

    def next_round(self) -> None:
        """From here on the places of edits are those of the texts as they are now."""
        for file in self._files.values():
            file.base, file.spans, file.keys, file.now = file.text, [], [], None

    def changes(self) -> tuple[Change, ...]:
        """What became of the files, by path."""
        return tuple(
            Change(path, file.before, file.text, _old_path(file, path), file.gone)
            for path, file in sorted(self._files.items())
            if (file.text != file.before or file.path != path or file.gone)
            and not (file.gone and file.before is None)
        )

    def text(self, path: str) -> str | None:
        """The text of a file as it would be; None when there is none of that name.

        Raises RefusedError when it cannot be read as text.
        """
        file = self._file(path)
        return None if file.gone or (file.before is None and not file.text) else file.text

    def copy(self) -> Drafts:
        """The same, to go on with when these do not do."""
        other = Drafts(self.root)
        other._files = {path: _copy(file) for path, file in self._files.items()}
        other._gone = set(self._gone)
        return other

    def _edit_yaml(self, path: str, edits: Sequence[YamlEdit]) -> None:
        file = self._file(path)
        file.now = edited_together(file.text, edits)
        file.keys += edits

    def _make(self, edit: Edit) -> None:
        file = self._file(edit.path)
        if isinstance(edit, DeleteFile):
            if file.path != edit.path:
                raise RefusedError(f"{edit.path} has another name by now")
            file.now, file.gone = "", True
        elif isinstance(edit, MoveFile):
            if os.path.lexists(self.root / edit.to) or edit.to in self._files:
                raise RefusedError(f"{edit.to} is there already")
            self._files[edit.to] = self._files.pop(edit.path)
            self._gone.add(edit.path)
        elif isinstance(edit, ReplaceText):
            at = bisect_left(file.spans, _place(edit), key=_place)
            if edit not in file.spans[at : bisect_right(file.spans, _place(edit), key=_place)]:
                _check(file, edit, at)
                file.spans.insert(at, edit)
                file.now = _replaced(file) if file.keys else None

    def _file(self, path: str) -> _File:
        if path in self._gone:
            raise WaitError(path)
        if path not in self._files:
            text = _read(self.root / path)
            self._files[path] = _File(text, path, text or "")
        return self._files[path]


def _yaml_path(edit: Edit) -> str:
    return edit.path if isinstance(edit, YamlEdit) else ""


def _check(file: _File, edit: ReplaceText, at: int) -> None:
    """Raise when the edit cannot come before the span of this number."""
    near = file.spans[max(0, at - 1) : at + 1]
    if any(edit.start < one.end and one.start < edit.end for one in near):
        raise WaitError(edit.path)
    if file.base[edit.start : edit.end] != edit.old:
        raise RefusedError(f"{edit.path} does not say there what it was read to say")


def _place(edit: ReplaceText) -> tuple[int, int]:
    return edit.start, edit.end


def _replaced(file: _File) -> str:
    parts, at = list[str](), 0
    for one in file.spans:
        parts += [file.base[at : one.start], one.new]
        at = one.end
    return edited_together("".join([*parts, file.base[at:]]), file.keys)


class WaitError(RefusedError):
    """Another edit of the same round is in the way; in the next one it is not."""

    def __init__(self, path: str) -> None:
        super().__init__(f"another edit of {path} is in the way")


def _old_path(file: _File, path: str) -> str:
    return file.path if file.path != path and file.before is not None else ""


def _copy(file: _File) -> _File:
    return _File(
        file.before,
        file.path,
        file.base,
        [*file.spans],
        [*file.keys],
        file.gone,
        file.now,
    )


def _read(path: Path) -> str | None:
    """The text with its line ends as they are."""
    try:
        if path.stat().st_size > HUGE:
            raise RefusedError(f"{path.name} is too large")
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(f"{path.name} cannot be read as text") from error
