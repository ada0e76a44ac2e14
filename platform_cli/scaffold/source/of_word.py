"""A file or a table that somebody names, as a source: declared already, or to be declared."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from dataclasses import replace as with_fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from platform_cli.errors import ExitCode, PlatformError, did_you_mean
from platform_cli.project.edits.edit import Edit
from platform_cli.project.identifiers import snake_case
from platform_cli.project.layers import Layers
from platform_cli.project.resources import (
    Column,
    Model,
    Node,
    Reference,
    Seed,
    Snapshot,
    Source,
    Undecided,
)
from platform_cli.scaffold.drafted import drafted
from platform_cli.scaffold.named import named_table
from platform_cli.scaffold.plan import NewFile
from platform_cli.scaffold.source.entry import (
    SourcePlan,
    declared_tables,
    source_edits,
    source_home,
)
from platform_cli.scaffold.source.files import READABLE
from platform_cli.scaffold.source.found_table import FilesOfTable, FoundTable
from platform_cli.scaffold.source.tables import found_tables, schema_named
from platform_cli.scaffold.trial import Built, Trial
from platform_cli.scaffold.written_type import written_type

if TYPE_CHECKING:
    from platform_cli.project.project import Project

_TABLE = "table:"
_FILE = "file:"
_NO_NAMES = {"data", ".", "..", "files", "raw_data"}


@dataclass
class Declarations:
    """Words that mean files and tables become `source:NAME.TABLE`; what is missing is declared.

    `project` has the new sources in it, as if they were there.
    """

    project: Project
    layers: Layers
    built: Built
    why_nothing_is_built: str = ""
    _edits: list[Edit] = field(default_factory=list)

    def word(self, word: str, here: Path) -> str:
        """The word as `--from` knows it; any other word stays as it is.

        Raises PlatformError for a file or table that is not there (near names) or cannot be read.
        """
        if word.startswith(_TABLE):
            return self._of_table(word.removeprefix(_TABLE))
        file = word.removeprefix(_FILE)
        if word.startswith(_FILE) or file.lower().endswith(READABLE):
            return self._of_file(file, here)
        return word

    def check(self, words: Iterable[str], here: Path) -> None:
        """Raise PlatformError, with near names, for a word that `--from` would not take."""
        trial = with_fields(self, _edits=[*self._edits])
        for word in words:
            meant = trial.word(word, here)
            named_table(trial.project.resources, self.project.name, meant, "--from")

    def files(self) -> tuple[NewFile, ...]:
        """The properties files with the new sources.

        Raises PlatformError for one that cannot be edited safely.
        """
        changes = drafted(self.project, self._edits) if self._edits else ()
        return tuple(NewFile(one.path, one.after, one.before) for one in changes)

    def _of_file(self, file: str, here: Path) -> str:
        from platform_cli.warehouse import literal, relation_columns

        path = _file(file, here, self.project.root)
        location = os.path.relpath(path, self.project.root).replace(os.sep, "/")
        if known := self._reading(literal(location)):
            return known
        ending = max((one for one in READABLE if location.lower().endswith(one)), key=len)
        stem = path.name[: -len(ending)]
        name = stem if re.fullmatch(r"[a-z_][a-z0-9_]*", stem) else snake_case(stem)
        folder = location.rpartition("/")[0]
        by_name = f"{folder}/{{name}}{path.name[-len(ending) :]}" if name == stem else ""
        try:
            columns = relation_columns(self.built.connection, f"from {literal(location)}")
        except PlatformError as error:
            raise PlatformError(
                f"{location} cannot be read: {error.message.strip().splitlines()[0]}",
                hint="mend the file, then run this again",
            ) from error
        source = self._source_at(folder)
        found = FoundTable(
            name,
            tuple(columns),
            literal(location),
            FilesOfTable(name, location, (path.name,), by_name),
        )
        return self._declare(source, found, location=location)

    def _of_table(self, words: str) -> str:
        if self.why_nothing_is_built:
            raise PlatformError(
                f"the table {words} cannot be looked at: {self.why_nothing_is_built}",
                hint="a table is read in the target's database",
                exit_code=ExitCode.ENVIRONMENT,
            )
        schema, _, table = words.rpartition(".")
        schema = schema_named(self.built.connection, schema.rpartition(".")[2] or "main")
        [found] = found_tables(self.built.connection, schema, [table])
        for one in self.project.resources.values():
            at = (getattr(one, "schema", None) or "").lower()
            if at != schema.lower():
                continue
            if isinstance(one, Source) and (one.identifier or one.name).lower() == table.lower():
                return f"source:{one.source_name}.{one.name}"
            if isinstance(one, Model | Seed | Snapshot) and found.name in (one.alias, one.name):
                raise PlatformError(
                    f"{words} is built by this project", hint=f"read it with --from ref:{one.name}"
                )
        same = [one.source_name for one in self._own() if one.schema == schema]
        return self._declare(same[0] if same else snake_case(schema), found, schema=schema)

    def _declare(
        self, source: str, found: FoundTable, *, location: str = "", schema: str = ""
    ) -> str:
        known = declared_tables(self.project, source)
        taken = {one.name.lower() for one in known}
        if found.name.lower() in taken:
            raise PlatformError(
                f"the source {source} has a table {found.name} already, and it is another one",
                hint=f"rename the file, or read that one: --from source:{source}.{found.name}",
            )
        said = {str((one.config.get("meta") or {}).get("external_location")) for one in known}
        shared = said.pop() if len(said) == 1 else ""
        pattern = shared if "{name}" in shared else ""
        plan = SourcePlan(source, [found], schema=schema or None, location=pattern if known else "")
        home = source_home(self.project, source, self.layers)
        path = known[0].path if known else home
        self._edits += source_edits(self.project, plan, home)
        meta = {"external_location": location} if location else {}
        new = Source(
            unique_id=f"source.{self.project.name}.{source}.{found.name}",
            name=found.name,
            package_name=self.project.name,
            path=path,
            properties_path=path,
            source_name=source,
            identifier=found.name,
            schema=schema or source,
            database=_database(self.project),
            meta=meta,
            config={"meta": meta},
            columns={
                name: Column(name, data_type=written_type(kind)) for name, kind in found.columns
            },
        )
        self.project = replace(
            self.project, resources={**self.project.resources, new.unique_id: new}
        )
        return f"source:{source}.{found.name}"

    def _own(self) -> Iterator[Source]:
        return (one for one in self.project.of(Source) if one.package_name == self.project.name)

    def _reading(self, relation: str) -> str:
        """The source that reads this file already; empty when none does."""
        trial = Trial(self.project, self.built)
        for one in self.project.of(Source):
            metas: tuple[dict[str, Any], ...] = (one.config.get("meta") or {}, one.meta)
            if not any("external_location" in meta for meta in metas):
                continue
            call = f"{{{{ source('{one.source_name}', '{one.name}') }}}}"
            reference = Reference("source", (one.source_name, one.name), unique_id=one.unique_id)
            sql = trial.compiled(call, [reference])
            if not isinstance(sql, Undecided) and sql.strip() == relation:
                return f"source:{one.source_name}.{one.name}"
        return ""

    def _source_at(self, folder: str) -> str:
        """The source whose files lie in this folder; else one that is named after it."""
        for one in self._own():
            location = (one.config.get("meta") or {}).get("external_location")
            if isinstance(location, str) and location.rpartition("/")[0] == folder:
                return one.source_name
        name = folder.rpartition("/")[2]
        return "files" if name in _NO_NAMES or not name else snake_case(name)


def _file(file: str, here: Path, root: Path) -> Path:
    """Where the file is: from the working folder, or from the project's."""
    tried = [(here / file).resolve(), (root / file).resolve()]
    path = next((one for one in tried if one.is_file()), None)
    if path is None:
        folder = tried[0].parent if tried[0].parent.is_dir() else root
        near = did_you_mean(tried[0].name, [one.name for one in folder.iterdir()])
        raise PlatformError(f"there is no file {file}", hint=near or f"looked in {folder}")
    top = next((one for one in (root, *root.parents) if (one / ".git").exists()), root).resolve()
    if not path.is_relative_to(top):
        raise PlatformError(
            f"{file} lies outside of the project, where nobody else has it",
            hint=f"put it into {root.name}/data, or load it into the database",
        )
    if re.search(r"[*?\[\]{}']", path.name):
        raise PlatformError(
            f"{file}: DuckDB takes some letters of this name for a pattern",
            hint=f"rename it, for example {snake_case(path.stem)}{path.suffix}",
        )
    return path


def _database(project: Project) -> str | None:
    nodes = (one for one in project.resources.values() if isinstance(one, Node))
    return next((one.database for one in nodes if one.database), None)
