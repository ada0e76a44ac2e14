"""Another name for a column of a model, wherever it is certain; the rest is for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from platform_cli.errors import Where
from platform_cli.project.edits.column_in_sql import ColumnInSql
from platform_cli.project.edits.column_in_yaml import OF_COLUMNS, ColumnInYaml
from platform_cli.project.edits.edit import Edit, RefusedError, ReplaceText
from platform_cli.project.edits.rename_model import texts_of
from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.lineage.made import MadeColumns
from platform_cli.project.owner import owner_of
from platform_cli.project.resources import Analysis, AnyResource, DataTest, Model, Snapshot
from platform_cli.project.selection.methods import kind_of
from platform_cli.project.sql.rendering import renderer_of
from platform_cli.project.sql.tree import Tree

_OF_COLUMNS = re.compile(
    rf"""\b(?:{"|".join(sorted(OF_COLUMNS))})\s*=\s*(?P<value>\[[^\]]*\]|\{{[^}}]*\}}|["'][^"']*["'])"""
)


class Left(Struct, frozen=True):
    """A place that a person has to look at: whose it is, and why it is not edited."""

    name: str
    kind: str
    owner: str
    where: Where
    why: str


class Reader(Struct, frozen=True):
    """A node that reads the column, and the edits of its text."""

    node: Model | Snapshot
    edits: tuple[Edit, ...]


class Renaming(Struct, frozen=True):
    """The edits that belong together, those of each reader, and what is left."""

    own: tuple[Edit, ...]
    readers: tuple[Reader, ...]
    left: tuple[Left, ...]


class RenameColumn:
    """A column `old` of `model` that is to be called `new`."""

    def __init__(self, lineage: ColumnLineage, model: Model, old: str, new: str) -> None:
        self._lineage = lineage
        self._project = lineage.project
        self._model = model
        self._names = old, new

    def planned(self) -> Renaming:
        """What is to be done.

        Raises RefusedError when the model's own text cannot be edited safely.
        """
        if self._model.version is not None:
            raise RefusedError("it has versions: their columns are renamed by hand")
        own: list[Edit] = [*self._in_config()]
        for part in self._texts(self._model):
            own += (one for one in part.made() if one not in own)
            # An incremental model reads the table that has the new name by then.
            itself = part.read(self._id, self._has)
            own += (one for one in itself.edits if one not in own)
            if itself.unsure:
                raise RefusedError(f"{itself.unsure[0]}: what the name means is not certain")
        in_yaml, left = self._in_yaml()
        readers = []
        for node in self._readers():
            try:
                edits, unsure = self._reads(node)
            except RefusedError as error:
                left.append(self.left(node, Where(node.path), str(error)))
                continue
            left += [self.left(node, where, "what it means is not certain") for where in unsure]
            readers.append(Reader(node, tuple(edits)))
        left += self._others()
        return Renaming((*own, *in_yaml), tuple(readers), tuple(left))

    def left(self, of: AnyResource, where: Where, why: str) -> Left:
        """A place of a resource that a person has to look at."""
        return Left(of.name, kind_of(of), owner_of(of), where, why)

    def _readers(self) -> Iterator[Model | Snapshot]:
        """The models and snapshots that have the column from this one, by name or by a star."""
        for node in self._project.resources.values():
            if isinstance(node, Model | Snapshot) and self._id in node.depends_on:
                made = self._lineage.of(node.unique_id)
                if made is None or made.undecided or made.unread or self._is_in(made):
                    yield node

    def _is_in(self, made: MadeColumns) -> bool:
        old = self._names[0].lower()
        named = {(one.unique_id, one.column.lower()) for one in made.uses}
        named |= {(of.unique_id, of.column.lower()) for one in made.columns for of in one.of}
        return (self._id, old) in named or any(one.unique_id == self._id for one in made.open)

    def _reads(self, node: Model | Snapshot) -> tuple[list[ReplaceText], list[Where]]:
        if isinstance(node, Snapshot):
            raise RefusedError("a history has the old name in its table")
        edits: list[ReplaceText] = []
        unsure: list[Where] = []
        for part in self._texts(node):
            found = part.read(self._id, self._has)
            edits += (one for one in found.edits if one not in edits)
            unsure += (one for one in found.unsure if one not in unsure)
        return edits, unsure

    def _has(self, unique_id: str) -> bool | None:
        made = self._lineage.of(unique_id)
        if made is None or not made.complete:
            return None
        return made.column(self._names[0]) is not None

    def _others(self) -> Iterator[Left]:
        """Tests and analyses in SQL that read the model and have the word."""
        word = re.compile(rf"(?<!\w){re.escape(self._names[0])}(?!\w)", re.IGNORECASE)
        for one in self._project.resources.values():
            if not isinstance(one, DataTest | Analysis) or self._id not in one.depends_on:
                continue
            if isinstance(one, DataTest) and one.test_name is not None:
                continue
            text = self._text(one.path)
            if found := word.search(text):
                line = text.count("\n", 0, found.start()) + 1
                yield self.left(one, Where(one.path, line), "it is no model: look at it yourself")

    def _in_yaml(self) -> tuple[list[Edit], list[Left]]:
        edits: list[Edit] = []
        left: list[Left] = []
        for path, text in texts_of(self._project).with_word(self._names[0]).items():
            if not path.endswith((".yml", ".yaml")) or self._model.name not in text:
                continue
            try:
                found = ColumnInYaml(path, text, self._model.name, *self._names).places()
            except RefusedError as error:
                left.append(self.left(self._model, Where(path), str(error)))
                continue
            edits += found.edits
            left += [self.left(self._model, at, "it has the name in it") for at in found.unsure]
        return edits, left

    def _in_config(self) -> Iterator[ReplaceText]:
        """`unique_key='old'` and the like in the model's own `config()`."""
        old, new = self._names
        text = self._text(self._model.path)
        for call in re.finditer(r"\bconfig\s*\((?:(?!\}\}).)*", text, re.DOTALL):
            for value in _OF_COLUMNS.finditer(text, call.start(), call.end()):
                for found in re.finditer(rf"""(["']){re.escape(old)}\1""", value["value"]):
                    at = value.start("value") + found.start() + 1
                    yield ReplaceText(self._model.path, at, old, new)

    def _texts(self, node: Model | Snapshot) -> list[ColumnInSql]:
        """The texts of a node, of an incremental one both.

        Raises RefusedError for what only dbt can render, and what nobody understands.
        """
        if not node.path.endswith(".sql"):
            raise RefusedError("it is not written in SQL")
        adapter = self._project.scope(node.package_name).macros.adapter
        text = self._text(node.path)
        try:
            rendered = renderer_of(self._project).render(node, text.encode())
            trees = [Tree(one, adapter) for one in rendered]
        except (Unknown, BrokenJinja) as error:
            raise RefusedError(f"its SQL is known to dbt alone: {error}") from error
        return [ColumnInSql(tree, node.path, text, *self._names) for tree in trees]

    def _text(self, path: str) -> str:
        try:
            return (self._project.root / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RefusedError(f"{path} cannot be read as text") from error

    @property
    def _id(self) -> str:
        return self._model.unique_id
