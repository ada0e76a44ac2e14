"""The entry of a source table: what is missing is added, what stands there is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from platform_cli.project.edits.edit import AddItem, Edit, SetKey
from platform_cli.project.entry_place import Item
from platform_cli.project.identifiers import quoted
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import Source, column_named
from platform_cli.scaffold.source.found_table import FoundTable
from platform_cli.scaffold.written_type import written_type


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """A source that is to be in the YAML; `config` is that of new tables, by their names."""

    name: str
    tables: Sequence[FoundTable]
    database: str | None = None
    schema: str | None = None
    location: str = ""
    config: dict[str, dict[str, Any]] = field(default_factory=dict)


def declared_tables(project: Project, name: str) -> list[Source]:
    """The tables of the project's own source of that name, those that are disabled too."""
    return [
        one
        for one in (*project.of(Source), *project.disabled.values())
        if isinstance(one, Source) and one.source_name == name and one.package_name == project.name
    ]


def declared(tables: Sequence[Source], found: FoundTable) -> Source | None:
    """The entry that is about this table, whatever the letter case of its name."""
    name = found.name.lower()
    exact = [one for one in tables if (one.identifier or one.name) == found.name]
    alike = [one for one in tables if name in ((one.identifier or "").lower(), one.name.lower())]
    return next(iter([*exact, *alike]), None)


def source_edits(project: Project, plan: SourcePlan, path: str) -> Iterator[Edit]:
    """What adds the tables and columns that are missing; `path` is where a new source goes."""
    known = declared_tables(project, plan.name)
    home = known[0].path if known else path
    new: list[dict[str, Any]] = []
    for found in plan.tables:
        entry = declared(known, found)
        if entry is None:
            new.append(_table(plan, found))
        else:
            yield from _missing_columns(entry, found)
    if not known:
        yield AddItem(home, ("sources",), _source(plan, new))
        return
    for table in new:
        yield AddItem(home, ("sources", Item(plan.name), "tables"), table)


def notes_on(known: Sequence[Source], plan: SourcePlan) -> Iterator[str]:
    """What the entries say that is no longer so: they are a person's, and stay."""
    for found in plan.tables:
        for name, _ in found.columns:
            if not _writable(name):
                yield f"{found.name}: column {name} is left out, dbt would read it as Jinja"
        entry = declared(known, found)
        if entry is None:
            continue
        types = {name.lower(): type_ for name, type_ in found.columns}
        for column in entry.columns.values():
            type_ = types.get(column.name.lower())
            if type_ is None:
                yield f"{found.name} has no column {column.name} any more; its entry stays"
            elif column.data_type and _bare(column.data_type) != _bare(type_):
                yield (
                    f"{found.name}.{column.name} is {written_type(type_)}, and its entry says"
                    f" {column.data_type}; the entry stays"
                )


def source_home(project: Project, name: str, layers: Layers) -> str:
    """The file of a new source: named as those of the project's other sources are."""
    others = [one for one in project.of(Source) if one.package_name == project.name]
    patterns = Counter(
        one.path.replace(one.source_name, "\0") for one in others if one.source_name in one.path
    )
    for pattern, _ in patterns.most_common(1):
        return pattern.replace("\0", name)
    shared = {one.path for one in others}
    if len(shared) == 1 and len({one.source_name for one in others}) > 1:
        return shared.pop()
    reading = [one for one in layers.by_name.values() if "source" in one.parents and one.folders]
    folder = reading[0].folders[0].strip("/") if reading else "staging"
    return f"{layers.roots[0]}/{folder}/{name}/_{name}__sources.yml"


def _source(plan: SourcePlan, tables: list[dict[str, Any]]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": plan.name,
        "description": f"TODO: what {plan.name} is, where it comes from, and how often",
    }
    if plan.database:
        entry["database"] = plan.database
    if plan.schema and plan.schema != plan.name:
        entry["schema"] = plan.schema
    if plan.location:
        entry["config"] = {"meta": {"external_location": plan.location}}
    return {**entry, "tables": tables}


def _table(plan: SourcePlan, found: FoundTable) -> dict[str, Any]:
    config = dict(plan.config.get(found.name, {}))
    if found.location and (not plan.location or found.location.by_name != plan.location):
        config["meta"] = {"external_location": _as_sql(found.location.location)}
    entry: dict[str, Any] = {"name": found.name, "description": "TODO: what a row is"}
    if config:
        entry["config"] = config
    return {**entry, "columns": _columns(found)}


def _columns(found: FoundTable) -> list[dict[str, Any]]:
    return [_column(name, type_) for name, type_ in found.columns if _writable(name)]


def _writable(name: str) -> bool:
    """Whether dbt reads the name as it is written: it renders Jinja in all of a properties file."""
    return not any(one in name for one in ("{{", "{%", "{#"))


def _column(name: str, type_: str) -> dict[str, Any]:
    odd = {"quote": True} if quoted(name) != name.lower() else {}
    known = {} if '"NULL"' in type_ else {"data_type": written_type(type_)}
    return {"name": name, **odd, **known}


def _missing_columns(entry: Source, found: FoundTable) -> Iterator[Edit]:
    way = ("sources", Item(entry.source_name), "tables", Item(entry.name), "columns")
    columns = _columns(found)
    if not entry.columns:
        yield SetKey(entry.path, way, columns)
        return
    for column in columns:
        there = column_named(entry.columns, column["name"])
        if there is None:
            yield AddItem(entry.path, way, column)
        elif not there.data_type and "data_type" in column:
            key = (*way, Item(there.name), "data_type")
            yield SetKey(entry.path, key, column["data_type"])


def _as_sql(location: str) -> str:
    """dbt takes what has a bracket in it for SQL, and puts quotes around everything else."""
    return f"'{location}'" if "(" in location else location


def _bare(type_: str) -> str:
    text = "".join(type_.lower().split())
    return _SAME.get(text, text)


_SAME = {
    "int": "integer", "int4": "integer", "int8": "bigint", "long": "bigint", "text": "varchar",
    "string": "varchar", "bool": "boolean", "float8": "double", "float4": "float",
    "real": "float", "timestamptz": "timestampwithtimezone", "datetime": "timestamp",
    "numeric": "decimal(18,3)", "decimal": "decimal(18,3)", "int2": "smallint",
}  # fmt: skip
