"""SQLMesh: models from a dlt pipeline for the tables, a MODEL block for a query, `create_test`.

It has no command for a model of a table that is simply there: dlt loads the same rows first, and
spells their names its own way. That is not measured, and neither is what a person types.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.benchmarks.commands import QUIET
from tests.benchmarks.measure import Command, Cost, run_of
from tests.benchmarks.peer_made import Made, Peers
from tests.benchmarks.peer_project import GIVEN, TABLES, Case

_FACTS = Path(__file__).parent / "peer_sqlmesh_facts.py"
_LOAD = """
import sys, duckdb, dlt
connection = duckdb.connect()
connection.execute(open(sys.argv[2]).read())
pipeline = dlt.pipeline(
    "shop", destination=dlt.destinations.duckdb(sys.argv[1]), dataset_name="raw"
)
def rows(name):
    found = connection.sql(f'select * from raw."{name}"')
    return [dict(zip(found.columns, row)) for row in found.fetchall()]
names = ("orders", "customers", "lines", "products", "Odd Table", "events")
pipeline.run([dlt.resource(rows(name), name=name) for name in names])
"""


@dataclass(frozen=True)
class _Project:
    """A project of SQLMesh, and how its commands are run in it."""

    root: Path
    peers: Peers

    @property
    def quiet(self) -> dict[str, str]:
        # As root dlt keeps its pipelines outside of HOME, and finds those of another time there.
        home = str(self.root / "home")
        kept = {"HOME": home, "DLT_DATA_DIR": f"{home}/.dlt"}
        return {**QUIET, **kept, "SQLMESH__DISABLE_ANONYMIZED_ANALYTICS": "1"}

    def python(self, *words: str) -> str:
        program = self.peers.program("sqlmesh", "python")
        return run_of(Command((program, "-P", *words), self.root, self.quiet))[1]

    def run(self, *words: str) -> tuple[Cost, str]:
        program = self.peers.program("sqlmesh", "sqlmesh")
        return run_of(Command((program, *words), self.root, self.quiet, accepted=(0, 1, 2)))


def make(root: Path, peers: Peers, cases: tuple[Case, ...]) -> dict[str, Made]:
    """What is in the project after its commands, and after the queries were put in."""
    project = _Project(root, peers)
    (root / "home").mkdir(parents=True)
    project.python("-c", _LOAD, str(root / "shop.duckdb"), str(TABLES))
    begun, _ = project.run("init", "-t", "dlt", "--dlt-pipeline", "shop", "duckdb")
    for name, (table, _, columns) in GIVEN.items():
        _model(root, name, f"select {', '.join(columns)} from raw.{table}", columns)
    for case in cases:
        if case.query:
            query = re.sub(r"\b(from|join) (stg_)", r"\1 main.\2", case.query)
            _model(root, case.name, query, {})
    project.run("create_external_models")
    project.run("plan", "--auto-apply", "--no-prompts")
    facts = _facts(project)
    tables = sum(bool(case.table) for case in cases)
    share = Cost(begun.cpu / tables, begun.memory, begun.wall / tables)
    made = {case.name: _one(project, case, facts, share) for case in cases}
    # Failed tests are listed by name.
    said = project.run("test")[1]
    for case in cases:
        made[case.name].passed = "Ran" in said and _test(case) not in said
    _look(project, cases[0], made)
    return made


def _one(project: _Project, case: Case, facts: dict[str, dict[str, Any]], share: Cost) -> Made:
    """What there is of a case; it was begun with all the others, at this cost."""
    name = _named(case)
    path = project.root / "models" / f"{name.partition('.')[2]}.sql"
    if not path.is_file():
        return Made()
    # Judged, not measured: `plan` shows models against what is built, not files to be written.
    one = Made(sql=path.read_text(encoding="utf-8"), odd=_odd(case), dry="diff")
    if case.table:
        one.costs.append(share)
    cost, _ = project.run(*_create_test(case))
    one.costs.append(cost)
    fixture = project.root / "tests" / f"{_test(case)}.yaml"
    if fixture.is_file():
        text = fixture.read_text(encoding="utf-8")
        one.said, one.placed = one.sql + text, True
        [test] = yaml.safe_load(text).values()
        one.rows = all(test["inputs"].values()) and bool(test["outputs"]["query"])
    _fill(one, facts.get(name, {}))
    return one


def _create_test(case: Case) -> list[str]:
    named = [f"raw.{_spelled(case.table)}"] if case.table else []
    named += [f"main.{one}" for one in re.findall(r"\b(?:from|join) (\w+)", case.query)]
    queries = [word for one in named for word in ("--query", one, f"select * from {one} limit 10")]
    return ["create_test", _named(case), *queries]


def _look(project: _Project, case: Case, made: Mapping[str, Made]) -> None:
    """Whether its test is left alone when it is asked for again: for all as for this one."""
    fixture = project.root / "tests" / f"{_test(case)}.yaml"
    if not fixture.is_file():
        return
    text = fixture.read_text(encoding="utf-8")
    edited = f"# seen by a person\n{text}"
    project.run(*_create_test(case))
    again = fixture.read_text(encoding="utf-8") == text
    fixture.write_text(edited, encoding="utf-8")
    project.run(*_create_test(case))
    kept = fixture.read_text(encoding="utf-8") == edited
    fixture.write_text(text, encoding="utf-8")
    for one in made.values():
        one.again, one.kept = again, kept


def _facts(project: _Project) -> dict[str, dict[str, Any]]:
    """What SQLMesh and DuckDB know of each model, by its name."""
    found = json.loads(project.python(str(_FACTS)).splitlines()[-1])
    return {name.replace('"', "").partition(".")[2]: one for name, one in found.items()}


def _fill(one: Made, facts: dict[str, Any]) -> None:
    one.built = facts.get("built", {})
    one.types, one.texts = facts.get("types", {}), facts.get("texts", {})
    one.ran = bool(one.built)
    one.inferred = not facts.get("contract")
    one.description, one.contract = facts.get("description", ""), bool(facts.get("contract"))
    one.tests, one.owner = facts.get("audits", 0), bool(facts.get("owner"))


def _model(root: Path, name: str, query: str, columns: Mapping[str, str]) -> None:
    """What an author types: a MODEL block and the query."""
    texts = ", ".join(f"{one} = '{columns[one]}'" for one in columns)
    more = f",\n  column_descriptions ({texts})" if texts else ""
    text = f"MODEL (\n  name main.{name}{more}\n);\n\n{query}"
    (root / "models" / f"{name}.sql").write_text(text, encoding="utf-8")


def _spelled(name: str) -> str:
    """A name as dlt spells it."""
    return name.lower().replace(" ", "_")


def _odd(case: Case) -> tuple[str, ...]:
    """What is left to be quoted of the names: dlt has spelled the others its way."""
    return tuple(one for one in case.odd if one.isidentifier())


def _named(case: Case) -> str:
    return f"raw_sqlmesh.incremental_{_spelled(case.table)}" if case.table else f"main.{case.name}"


def _test(case: Case) -> str:
    return f"test_{_named(case).partition('.')[2]}"
