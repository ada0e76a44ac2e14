"""A project as most are: three layers, one properties file per ten models, three tests a model.

The shape of the test project in the performance research: 40 % staging, 35 % intermediate and
25 % marts; every model and column described; three in ten models beyond dbt's static parser.
"""

import random
from pathlib import Path

_PROJECT = """\
name: plain
version: "1.0.0"
profile: plain
models: {plain: {staging: {+materialized: view}, marts: {+materialized: table, +tags: [nightly]}}}
"""
_PROFILE = "plain:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: plain.duckdb}\n"
_MACRO = "{% macro cents(column) %}({{ column }} / 100)::numeric(16, 2){% endmacro %}\n"
_LOOP = "{% for one in ['a', 'b', 'c'] %}, max({{ one }}) as {{ one }}{% endfor %}"
_NEW = "{% if is_incremental() %} where c1 > (select max(c1) from {{ this }}){% endif %}"
_COLUMNS = tuple(f"c{number}" for number in range(10))


def plain_project(folder: Path, models: int) -> Path:
    """The project of so many models in `folder`; the same bytes for the same number."""
    chance = random.Random(models)
    staging, marts = models * 40 // 100, models * 25 // 100
    names = [f"stg_{number}" for number in range(staging)]
    names += [f"int_{number}" for number in range(models - staging - marts)]
    names += [f"fct_{number}" for number in range(marts)]
    files = {"dbt_project.yml": _PROJECT, "profiles.yml": _PROFILE, "macros/cents.sql": _MACRO}
    tables = "".join(f"      - name: t{number}\n" for number in range(staging))
    files["models/staging/_sources.yml"] = f"sources:\n  - name: raw\n    tables:\n{tables}"
    for place, name in enumerate(names):
        layer = {"stg": "staging", "int": "intermediate", "fct": "marts"}[name[:3]]
        parents = [names[chance.randrange(place)] for _ in range(2)] if layer != "staging" else []
        files[f"models/{layer}/{name}.sql"] = _sql(name, parents, dynamic=place % 10 < 3)
        page = f"models/{layer}/_models_{place // 10}.yml"
        files[page] = files.get(page, "models:\n") + _properties(name)
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def _sql(name: str, parents: list[str], *, dynamic: bool) -> str:
    reads = [f"{{{{ ref('{one}') }}}}" for one in parents]
    reads = reads or [f"{{{{ source('raw', 't{name[4:]}') }}}}"]
    ctes = ",\n".join(f"p{at} as (select * from {one})" for at, one in enumerate(reads))
    columns = ", ".join(_COLUMNS)
    head = "{{ config(materialized='incremental', unique_key='c0') }}\n" if dynamic else ""
    money = f", {{{{ cents('c2') }}}} as amount{_LOOP}" if dynamic else ""
    return f"{head}with {ctes}\nselect {columns}{money}\nfrom p0{_NEW if dynamic else ''}\n"


def _properties(name: str) -> str:
    lines = [f"  - name: {name}", f"    description: One row per thing of {name}.", "    columns:"]
    for column in _COLUMNS:
        lines += [f"      - name: {column}", f"        description: The column {column}."]
        if column == "c0":
            lines.append("        data_tests: [unique, not_null]")
        if column == "c1":
            lines.append("        data_tests: [not_null]")
    return "\n".join(lines) + "\n"
