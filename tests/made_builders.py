"""Generated models of every kind, without a database, and their templates as a project's own."""

from __future__ import annotations

from pathlib import Path

from platform_cli.scaffold.model.answers import Answers, Incremental, Read
from platform_cli.scaffold.model.ejected import ejected_files
from platform_cli.scaffold.model.files import filled_with
from platform_cli.scaffold.model.kind_template import KindTemplate
from platform_cli.scaffold.model.kinds import Kind, load_kinds
from platform_cli.scaffold.model.made_model import MadeModel
from platform_cli.scaffold.model.relations import Relation
from platform_cli.scaffold.model.select_list import Join, SelectedColumn, SelectList
from platform_cli.scaffold.unit_test.made_up_test import Given, MadeUpTest

KINDS = {one.name: one for one in load_kinds()}
_TYPES = ("bigint", "varchar", "timestamp", "decimal(18,3)", "struct(a integer)[]")


def some_answers(kind: Kind, number: int) -> Answers:
    """Answers that are others for every number: widths, keys, joins, tests, SLA, owners."""
    width = 2 + number % 7
    names = ["id", *(f"{'Größe' if number % 5 == 0 else 'amount'}_{one}" for one in range(width))]
    columns = tuple(
        SelectedColumn(
            name,
            f'"{name.title()}"' if number % 3 == 0 else name,
            _TYPES[at % len(_TYPES)] if number % 4 else None,
            "" if at % 2 else f"What it is: number {at}.",
        )
        for at, name in enumerate(names)
    )
    joined = number % 2 == 1
    reads = (Read("flights", "ref('stg_flights')", "ref('stg_flights')"),)
    if joined:
        call = "source('raw', 'Gates')"
        reads = (*reads, Read("gates", call, call, only="valid_to is null"))
    row = tuple((name, number if at == 0 else f"it's: {at}") for at, name in enumerate(names))
    return Answers(
        name=f"{kind.prefix}made_{number}",
        kind=kind,
        owner=f"team_{number % 3}",
        description="TODO" if number % 2 else "One row per thing: no more.",
        parents=reads,
        selected=SelectList(
            columns,
            (Join("gates", "flights.id", "gates.id", proposed=True, unique=True),)
            if joined
            else (),
            group_by=("id",) if kind.shape == "groups" else (),
            distinct=kind.shape == "pairs",
        ),
        key=("id",) if number % 4 else ("id", names[1]),
        contract=kind.public and number % 4 != 0,
        sla="24h" if number % 3 == 0 else "",
        incremental=Incremental("id", "id", append=number % 2 == 0)
        if kind.name == "incremental"
        else None,
        relations=(Relation(names[1], "ref('dim_gates')", "gate_id", "dim_gates"),),
        unit_test=MadeUpTest((Given("ref('stg_flights')", (row, row)),), (row,))
        if number % 3
        else None,
    )


def fifty() -> list[Answers]:
    """50 models, of every kind."""
    kinds = list(KINDS.values())
    return [some_answers(kinds[number % len(kinds)], number) for number in range(50)]


def as_made(answers: Answers, root: Path | None = None) -> MadeModel:
    """What is remembered of a model with these answers."""
    sql, yml = (filled_with(answers, root, name) for name in ("model.sql", "model.yml"))
    return MadeModel(answers.name, answers, KindTemplate(answers.kind, root).version, sql, yml)


def eject(root: Path, kind: Kind) -> Path:
    """The template of a kind as the project's own; returns their folder."""
    for file in ejected_files(kind):
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    return root / "templates" / kind.name
