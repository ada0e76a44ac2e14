"""SQL checks as dbt v2 has them: a query over the project that passes when it finds no rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct

from platform_cli.conventions.info_schema_queries import InfoSchema
from platform_cli.conventions.own_files import CHECKS
from platform_cli.conventions.rule import Rule, Setting, Violation
from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.files.tree import decode, read_bytes
from platform_cli.project.files.yaml_files import load_yaml
from platform_cli.project.project import Project
from platform_cli.reporting.diagnostic import Severity

_CONFIG = ("severity", "enabled", "selection_filter_on", "tags", "meta")
SECONDS = 10
"""How long a check may run. They read a few thousand rows: what takes longer has no end."""
ROWS = 10_000
"""How many findings a check may have. Nobody reads that many: most are a join that multiplies."""
_SEVERITIES: dict[str, Severity] = {"error": "error", "warn": "warn"}


class _Check(Struct, frozen=True):
    path: str
    sql: str
    description: str
    config: dict[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that say which resource a row is about; none: it is about the whole."""
        written = self.config.get("selection_filter_on", "unique_id")
        names = (written,) if isinstance(written, str) else tuple(written or ())
        return () if names == ("none",) else names


def sql_checks(root: Path, taken: Collection[str]) -> tuple[Rule, ...]:
    """The enabled checks of the project's folder, named like their files.

    Raises PlatformError, with the place, for a file or a config that cannot be read, for one that
    is described and not there, and for a name in `taken` or that two files have.
    """
    folder = root / CHECKS
    files = {file.stem: file for file in sorted(folder.rglob("*.sql"), reverse=True)}
    described = _described(root, files)
    found = []
    for name, file in sorted(files.items()):
        path = file.relative_to(root).as_posix()
        others = [one for one in folder.rglob(f"{name}.sql") if one != file]
        if name in taken or others:
            raise PlatformError(
                f"two rules are named {name}",
                where=Where(path),
                hint="give the check another name",
            )
        text = decode(read_bytes(str(file), path), path)
        entry = described.get(name, {})
        config = {**_mapping(entry.get("config")), **_config(text, path)}
        _refuse_wrong(config, path)
        if config.get("enabled", True) is not False:
            found.append(
                _rule(name, _Check(path, text, str(entry.get("description") or ""), config))
            )
    return tuple(found)


def _rule(name: str, check: _Check) -> Rule:
    sentence = " ".join(check.description.split()) or f"{name.replace('_', ' ').capitalize()}."
    page = (
        f"{sentence}\n\n## Why\n{check.description or 'Nobody has described this check.'}\n\n"
        f"## Instead of\nWhat this query of `{check.path}` finds, it refuses:\n"
        f"```sql\n{check.sql.strip()}\n```\n\n## Write\nWhat it does not find."
    )
    return Rule(
        name=name,
        severity=_SEVERITIES[check.config.get("severity", "error")],
        sees=Project,
        wants=(("schema", InfoSchema),),
        settings=(
            Setting("seconds", Annotated[int, Meta(ge=1)], SECONDS),
            Setting("rows", Annotated[int, Meta(ge=1)], ROWS),
        ),
        page=page,
        function=_function(name, sentence, check),
    )


def _function(name: str, sentence: str, check: _Check) -> Callable[..., Iterator[Violation]]:
    def find(
        project: Project, schema: InfoSchema, *, seconds: int, rows: int
    ) -> Iterator[Violation]:
        with closing(_rows(name, check, schema, seconds)) as found:
            for number, (ids, row) in enumerate(found):
                if number == rows:
                    raise PlatformError(
                        f"the query of {check.path} finds more than {rows:,} rows, and only the"
                        f" first {rows:,} are told: is a join without its condition?"
                        f" {_setting(name, 'rows', 10 * rows)} in platform.yml allows more"
                    )
                about = next((one for one in ids if one in project.resources), "")
                yield Violation(
                    _words(sentence, row, ids),
                    at=None if about else Where(check.path),
                    of=about,
                )

    return find


def _rows(
    name: str, check: _Check, schema: InfoSchema, seconds: int
) -> Generator[tuple[list[str], dict[str, Any]]]:
    """The rows about what was asked for, with the unique ids that they are about."""
    try:
        for row in schema.rows(check.sql, check.path, seconds):
            ids = [str(row[one]) for one in check.columns if row.get(one) is not None]
            if not ids or schema.selected is None or schema.selected.intersection(ids):
                yield ids, row
    except TimeoutError:
        raise PlatformError(
            f"the query of {check.path} ran longer than {seconds} s and was stopped: is a join"
            f" without its condition? {_setting(name, 'seconds', 6 * seconds)} in platform.yml"
            " gives it more time"
        ) from None


def _setting(name: str, key: str, value: int) -> str:
    return f"`check: {{rules: {{{name}: {{{key}: {value}}}}}}}`"


def _words(sentence: str, row: Mapping[str, Any], ids: list[str]) -> str:
    if row.get("message"):
        return str(row["message"])
    told = [f"{key}: {value}" for key, value in row.items() if value is not None]
    rest = [one for one in told if one.partition(": ")[2] not in ids]
    return f"{sentence.rstrip('.')} ({', '.join(rest)})" if rest else sentence.rstrip(".")


def _config(text: str, path: str) -> dict[str, Any]:
    """What the file's own config() says, as far as it is written out."""
    if "config" not in text:
        return {}
    from jinja2 import nodes

    from platform_cli.project.jinja.dialect import BrokenJinja, parse

    try:
        tree = parse(text)
    except BrokenJinja as error:
        raise PlatformError(
            f"Broken Jinja in {path}: {error.message}",
            where=Where(path, error.line or None),
            hint="look at the braces there",
        ) from None
    found: dict[str, Any] = {}
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "config":
            for argument in call.kwargs:
                try:
                    found[argument.key] = argument.value.as_const()
                except nodes.Impossible:
                    raise PlatformError(
                        f"{argument.key} in config() is no plain value",
                        where=Where(path, call.lineno),
                        hint="write it out: it has to be known before the project is read",
                    ) from None
    return found


def _described(root: Path, files: Collection[str]) -> dict[str, dict[str, Any]]:
    """The entries of the properties files by name."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted((root / CHECKS).rglob("*.y*ml")):
        path = file.relative_to(root).as_posix()
        data = _mapping(load_yaml(decode(read_bytes(str(file), path), path), path))
        entries = data.get("checks") or []
        if not isinstance(entries, list):
            raise PlatformError(
                f"`checks:` in {path} is no list",
                where=Where(path),
                hint="write one entry per check: `- name: NAME`",
            )
        for entry in entries:
            name = str(_mapping(entry).get("name"))
            if name not in files:
                raise PlatformError(
                    f"check {name!r} is described, and there is no {name}.sql",
                    where=_line(file, path, name),
                    hint=did_you_mean(name, files) or "delete the entry",
                )
            found[name] = entry
    return found


def _line(file: Path, path: str, name: str) -> Where:
    found = re.search(rf"name: *['\"]?{re.escape(name)}\b", file.read_text(encoding="utf-8"))
    return Where(path, found.string.count("\n", 0, found.start()) + 1 if found else None)


def _refuse_wrong(config: Mapping[str, Any], path: str) -> None:
    for key in config:
        if key not in _CONFIG:
            near = did_you_mean(key, _CONFIG) or f"known: {', '.join(_CONFIG)}"
            raise PlatformError(f"a check has no config {key!r}", where=Where(path), hint=near)
    severity = config.get("severity", "error")
    if str(severity) not in _SEVERITIES:
        raise PlatformError(
            f"severity {severity!r} of a check", where=Where(path), hint="write error or warn"
        )
    columns = config.get("selection_filter_on") or ""
    named = columns if isinstance(columns, list | tuple) else (columns,)
    if not all(isinstance(one, str) for one in named):
        raise PlatformError(
            f"selection_filter_on {columns!r} of a check",
            where=Where(path),
            hint="write the name of a column, a list of them, or none",
        )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
