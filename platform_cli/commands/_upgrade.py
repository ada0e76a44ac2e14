"""What `upgrade-models` would write, and what it leaves to a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from platform_cli.errors import PlatformError, Where
from platform_cli.project.edits.drafts import Change
from platform_cli.project.edits.edit import RefusedError
from platform_cli.project.edits.merge_keys import merge_keys, with_marks
from platform_cli.project.edits.merge_lines import has_marks, merge_lines
from platform_cli.project.entry_place import Entries, Item, Keys
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, UnitTest
from platform_cli.scaffold.model.made_model import MadeModel

OnConflict = Literal["refuse", "marks", "mine"]


class Conflict(Struct, frozen=True):
    """A place that a person changed, and the template changed otherwise."""

    where: Where
    what: str


class Due(Struct, frozen=True):
    """A model whose template changed; with `refused` or unsettled conflicts it stays as it is.

    `kept` is what the template changed and the person had changed or taken away before.
    """

    model: str
    words: str
    texts: Mapping[str, str] = {}
    conflicts: tuple[Conflict, ...] = ()
    kept: tuple[str, ...] = ()
    refused: str = ""
    settled: bool = True

    @property
    def left(self) -> bool:
        """Whether the model is left as it is."""
        return bool(self.refused) or not self.settled


class Plan(Struct, frozen=True):
    """What is due for each model, and the files after it."""

    due: tuple[Due, ...]
    changes: tuple[Change, ...]

    @property
    def words(self) -> Mapping[str, Sequence[str]]:
        """What is due, by file."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.due:
            for path in () if one.left else one.texts:
                found[path].append(one.words)
        return found

    def notes(self) -> Iterator[str]:
        """What the person has to know besides the files."""
        for one in self.due:
            if one.refused:
                yield f"{one.model} is left as it is: {one.refused}"
            for conflict in one.conflicts:
                yield f"{conflict.where}: {one.model}: {conflict.what}"
            if one.kept and not one.left:
                yield f"{one.model}: yours stays, {', '.join(one.kept)}"
        unsettled = [one.model for one in self.due if one.conflicts and not one.settled]
        if unsettled:
            yield (
                f"{', '.join(unsettled)} left as {'it is' if len(unsettled) == 1 else 'they are'}:"
                " --conflicts marks writes both sides with git's marks, --conflicts mine keeps"
                " yours"
            )

    def details(self) -> Mapping[str, Any]:
        """What a program wants to know besides the files."""
        return {
            "models": [
                {
                    "name": one.model,
                    "what": one.words,
                    "left_as_it_is": one.left,
                    "refused": one.refused,
                    "conflicts": [
                        {"path": each.where.path, "line": each.where.line, "what": each.what}
                        for each in one.conflicts
                    ],
                    "kept": list(one.kept),
                }
                for one in self.due
            ]
        }


def plan(
    project: Project, made: Iterable[tuple[MadeModel, Model]], on_conflict: OnConflict
) -> Plan:
    """What changed templates make of these models; nothing is written.

    Raises PlatformError, with file and line, when a template of the project is broken.
    """
    texts = _Texts(project.root)
    due: list[Due] = []
    for one, model in made:
        new = one.renewed(project.root)
        if new is one:
            continue
        try:
            found = _Upgrade(project, model, one, new, texts, on_conflict).due()
        except RefusedError as error:
            found = Due(one.model, _words(one, new), refused=str(error))
        if not found.left:
            texts.take(found.texts)
        due.append(found)
    return Plan(tuple(due), texts.changes())


class _Texts:
    """The files as they would be; several models may have their entries in one."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before: dict[str, str] = {}
        self._now: dict[str, str] = {}

    def of(self, path: str) -> str:
        if path not in self._before:
            try:
                self._before[path] = (self._root / path).read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise RefusedError(f"{path} cannot be read as text") from error
        return self._now.get(path, self._before[path])

    def take(self, texts: Mapping[str, str]) -> None:
        self._now |= texts

    def changes(self) -> tuple[Change, ...]:
        return tuple(
            Change(path, self._before[path], text)
            for path, text in sorted(self._now.items())
            if text != self._before[path]
        )


class _Upgrade(Struct):
    """One model."""

    project: Project
    model: Model
    old: MadeModel
    new: MadeModel
    texts: _Texts
    on_conflict: OnConflict
    conflicts: list[Conflict] = []
    kept: list[str] = []

    @property
    def label(self) -> str:
        """What git's marks call the template's side."""
        return f"template {self.new.answers.kind.name} {self.new.version}"

    def due(self) -> Due:
        after = dict(self._sql())
        for path, sections in self._homes():
            after[path] = self._yml(path, sections)
        self.texts.of(self.old.path)
        after[self.old.path] = self.new.text
        settled = not self.conflicts or self.on_conflict != "refuse"
        words = _words(self.old, self.new)
        return Due(
            self.old.model, words, after, tuple(self.conflicts), tuple(self.kept), settled=settled
        )

    def _sql(self) -> Iterator[tuple[str, str]]:
        if self.new.sql == self.old.sql:
            return
        path = self.model.path
        mine = self._own(path)
        name = self.label if self.on_conflict == "marks" else ""
        merged = merge_lines(self.old.sql, mine, self.new.sql, name)
        self.conflicts += [
            Conflict(Where(path, line), "you and the template changed these lines")
            for line in merged.conflicts
        ]
        yield path, merged.text

    def _yml(self, path: str, sections: set[str]) -> str:
        mine = self._own(path)
        names = self.old.answers.name, self.model.name
        try:
            merged = merge_keys(self.old.yml, mine, self.new.yml, sections=sections, names=names)
        except RefusedError as error:
            raise RefusedError(f"{path}: {error}") from error
        self.kept += map(_way_words, merged.kept)
        entries = Entries(mine)
        for clash in merged.clashes:
            place = entries.place(clash.way) or (None,)
            what = f"you and the template changed {_way_words(clash.way)}"
            self.conflicts.append(Conflict(Where(path, place[0]), what))
        if self.on_conflict == "marks" and merged.clashes:
            return with_marks(merged.text, merged.clashes, self.label)
        return merged.text

    def _own(self, path: str) -> str:
        text = self.texts.of(path)
        if line := has_marks(text):
            raise RefusedError(f"{path}:{line} has the marks of a conflict: settle it first")
        return text

    def _homes(self) -> Iterator[tuple[str, set[str]]]:
        """The properties files, with what of the model stands in them."""
        if self.new.yml == self.old.yml:
            return
        homes: dict[str, set[str]] = defaultdict(set)
        path = self.model.properties_path
        if path:
            homes[path].add("models")
        else:
            self.kept.append("without an entry")
        tests = {
            one.path
            for one in self.project.of(UnitTest)
            if self.model.unique_id in one.depends_on and f"name: {one.name}\n" in self.old.yml
        }
        for each in tests or ({path} if path else ()):
            homes[each].add("unit_tests")
        yield from homes.items()


def _words(old: MadeModel, new: MadeModel) -> str:
    return f"{old.model}: template {old.answers.kind.name} {old.version} -> {new.version}"


def _way_words(way: Keys) -> str:
    """`columns.flight_id.data_type`: the way without the entry that it starts in."""
    inner = way[2:] if len(way) > _ENTRY else way
    return ".".join(one.name if isinstance(one, Item) else str(one) for one in inner)


_ENTRY = 2


def remembered(
    project: Project, models: Mapping[str, Model], names: Iterable[str]
) -> Iterator[tuple[MadeModel, Model]]:
    """What is remembered of those of these models that are of the project.

    Raises PlatformError when a file is not as it was written.
    """
    from platform_cli.scaffold.model.made_model import made_model

    for name in names:
        if name in models:
            yield made_model(project.root, name), models[name]


def refuse_none(asked: Sequence[str], names: Sequence[str], meant: Sequence[Model]) -> None:
    """Raise PlatformError when models were asked for, and none of them is remembered."""
    if asked and not any(one.name in names for one in meant):
        said = ", ".join(one.name for one in meant[:_SHOWN]) or " ".join(asked)
        raise PlatformError(
            f"{said}: nothing is remembered of how it was made",
            hint="`platform new-model` remembers what it makes, in templates/made/",
        )


_SHOWN = 3
