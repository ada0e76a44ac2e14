"""The columns of a project's resources, worked out when asked for and kept on disk.

sqlglot and Jinja are imported only when there is something new to read.
"""

from __future__ import annotations

from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.msgpack import encode

from platform_cli.project.lineage.declared import declared_only, seed_columns, source_columns
from platform_cli.project.lineage.made import MadeColumn, MadeColumns
from platform_cli.project.resources import Model, Seed, Snapshot, Source, Undecided
from platform_cli.project.sql.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from platform_cli.project.project import Project
    from platform_cli.project.sql.positions import Rendered
    from platform_cli.project.sql.rendering import Renderer

_NOTHING = MadeColumns()


class _Known(Struct, frozen=True, array_like=True):
    parents: bytes
    """A fingerprint of the parents' columns: other ones may mean another thing."""
    made: MadeColumns


class ColumnLineage:
    """What each resource's columns are made of. `keep` writes down what is new."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._kept = Kept[_Known](project, _Known, "columns")
        self._made: dict[str, MadeColumns] = {}
        self._seals: dict[str, bytes] = {}

    def of(self, unique_id: str) -> MadeColumns | None:
        """The columns of a model, snapshot, seed or source; None for anything else.

        They are worked out from the SQL and the parents' columns. A text that only dbt can tell,
        or a Python model, has those that its properties file declares, all `unknown`.
        """
        todo = [unique_id]
        begun: set[str] = set()
        while todo:
            one = todo[-1]
            if one in self._made:
                todo.pop()
                continue
            missing = [parent for parent in self._parents(one) if parent not in self._made]
            if missing and one not in begun:
                begun.add(one)
                todo += [parent for parent in missing if parent not in begun]
                continue
            todo.pop()  # parents still missing now are its own descendants, too
            made = self._work_out(one)
            if made is None:
                return None
            self._made[one] = made
        return self._made[unique_id]

    def column(self, unique_id: str, name: str) -> MadeColumn | None:
        """One column, in any case; None when there is none of that name.

        A source may have columns that its YAML does not list.
        """
        made = self.of(unique_id)
        if made is None:
            return None
        if isinstance(self.project.resources[unique_id], Source):
            return made.listed(name) or MadeColumn(name, "given")
        return made.column(name)

    def of_text(self, rendered: Rendered, node: Model | Snapshot) -> MadeColumns:
        """The columns that a node would have with this SQL.

        Raises Unknown for SQL that is not understood.
        """
        from platform_cli.project.lineage.analysed import analysed

        adapter = self.project.scope(node.package_name).macros.adapter
        return analysed([rendered], adapter, self.of, node)

    def keep(self) -> None:
        """Write down what is known, if any of it is new."""
        self._kept.keep()

    def _parents(self, unique_id: str) -> Iterable[str]:
        node = self.project.resources.get(unique_id)
        if not isinstance(node, Model | Snapshot):
            return ()
        known = self.project.resources
        with_columns = Model | Snapshot | Seed | Source
        return [one for one in node.depends_on if isinstance(known.get(one), with_columns)]

    def _work_out(self, unique_id: str) -> MadeColumns | None:
        resource = self.project.resources.get(unique_id)
        if isinstance(resource, Seed):
            return seed_columns(self.project.root, resource)
        if isinstance(resource, Source):
            return source_columns(resource)
        if isinstance(resource, Model) and resource.language != "sql":
            return declared_only(resource, "a Python model says nothing of its columns")
        if isinstance(resource, Model | Snapshot):
            return self._of_node(resource)
        return None

    def _of_node(self, node: Model | Snapshot) -> MadeColumns:
        parents = self._seal(node)
        known = self._kept.find(node)
        if known is not None and known.parents == parents:
            return known.made
        if known is not None:
            self._kept.forget(node)
        made = self._read(node)
        self._kept.put(node, _Known(parents, made))
        return made

    @cached_property
    def _renderer(self) -> Renderer:
        from platform_cli.project.lineage.listed import ListedColumns
        from platform_cli.project.sql.rendering import renderer_with

        return renderer_with(self.project, ListedColumns(self._made.get))

    def _read(self, node: Model | Snapshot) -> MadeColumns:
        from platform_cli.project.lineage.analysed import analysed
        from platform_cli.project.lineage.marks import GUESS

        adapter = self.project.scope(node.package_name).macros.adapter

        def read(rendered: Iterable[Rendered]) -> MadeColumns:
            return analysed(rendered, adapter, self._made.get, node)

        content = self._kept.content(node)
        found = self._kept.read(node, content, read, renderer=self._renderer)
        if isinstance(found, Undecided):  # perhaps it is only a condition that nobody knows
            why = found.reason
            found = self._kept.read(node, content, read, guess=GUESS, renderer=self._renderer)
            return declared_only(node, why) if isinstance(found, Undecided) else found
        return found

    def _seal(self, node: Model | Snapshot) -> bytes:
        """Of the columns of what it reads; those of a cycle's other members count as unknown."""
        made = blake2b(digest_size=12)
        for one in self._parents(node.unique_id):
            if one not in self._seals and one in self._made:
                columns = self._made[one]
                names = [(column.name, column.type) for column in columns.columns]
                body = encode((one, names, columns.open, columns.undecided))
                self._seals[one] = blake2b(body, digest_size=12).digest()
            made.update(self._seals.get(one, b""))
        return made.digest()
