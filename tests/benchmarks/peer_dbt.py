"""The facts of models in a dbt project: read from what dbt itself says of it, and from DuckDB."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.commands import QUIET
from tests.benchmarks.peer_made import Made
from tests.benchmarks.peer_project import Case

_TYPES = (
    "import sys, json, duckdb; c = duckdb.connect(sys.argv[1], read_only=True); "
    'print(json.dumps(c.execute("select table_name, column_name, data_type from duckdb_columns() '
    "where schema_name = 'main'\").fetchall()))"
)


def judge(root: Path, program: str, python: str, made: Mapping[str, Made]) -> None:
    """Build and test with dbt, and fill in what came of it."""
    dbt(root, program, "run")
    ran = _results(root)
    dbt(root, program, "test")
    tested = _results(root)
    manifest = json.loads((root / "target" / "manifest.json").read_text())
    said = subprocess.run(
        [python, "-P", "-c", _TYPES, str(root / "shop.duckdb")],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    columns = json.loads(said)
    for name, one in made.items():
        node = manifest["nodes"].get(f"model.shop.{name}")
        if node is None:
            continue
        one.ran = ran.get(node["unique_id"]) == "success"
        one.built = {column: kind for table, column, kind in columns if table == name}
        one.types = {c["name"]: c["data_type"] or "" for c in node["columns"].values()}
        one.texts = {c["name"]: c["description"] for c in node["columns"].values()}
        one.description = node["description"]
        one.contract = node["contract"]["enforced"]
        one.owner = node["group"] is not None
        one.sla = "sla" in node["config"]["meta"]
        tests = [
            test["unique_id"]
            for test in manifest["nodes"].values()
            if test["resource_type"] == "test" and test["attached_node"] == node["unique_id"]
        ]
        enforced = sum(len(c["constraints"]) for c in node["columns"].values())
        one.tests = len(tests) + len(node["constraints"]) + enforced
        one.failed = sum(tested.get(test) != "pass" for test in tests)
        units = [unit for unit in manifest["unit_tests"].values() if unit["model"] == name]
        one.rows = any(map(_has_rows, units))
        one.passed = bool(units) and all(tested.get(u["unique_id"]) == "pass" for u in units)


def _has_rows(unit: Mapping[str, Any]) -> bool:
    """Whether rows are given and expected, and hold a value."""
    parts = [*(one["rows"] for one in unit["given"]), unit["expect"]["rows"]]
    return all(map(_filled, parts))


def _filled(rows: Any) -> bool:
    if isinstance(rows, str):
        return bool(rows.strip())
    return any(value is not None for row in rows or () for value in row.values())


def dbt(root: Path, program: str, *words: str) -> None:
    """Run dbt; what came of it is read from its artefacts."""
    subprocess.run(
        [program, "--quiet", *words, "--profiles-dir", str(root)],
        cwd=root, env={**QUIET, "PATH": "/usr/bin:/bin"}, capture_output=True, check=False,
    )  # fmt: skip


def _results(root: Path) -> dict[str, str]:
    path = root / "target" / "run_results.json"
    found = json.loads(path.read_text())["results"] if path.is_file() else []
    return {one["unique_id"]: one["status"] for one in found}


def with_refs(case: Case) -> str:
    """The author's query with its refs, for a tool that does not find them."""

    def call(found: re.Match[str]) -> str:
        verb, table, alias = found.groups()
        if not alias and f"{table}." in case.query:
            alias = f" as {table}"
        return f"{verb} {{{{ ref('{table}') }}}}{alias or ''}"

    return re.sub(r"\b(from|join) (stg_\w+)( as \w+)?", call, case.query)
