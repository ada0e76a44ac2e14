"""Small real dbt projects on DuckDB that dbt can build, written to a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

PROJECT = """name: tiny
profile: tiny
flags: {send_anonymous_usage_stats: false}
"""
PROFILES = """tiny:
  target: dev
  outputs:
    dev: {type: duckdb, path: tiny.duckdb, threads: 2}
"""
NO_CHECK = "build: {check: false}\n"
"""These projects are about dbt; they have neither owners nor descriptions."""
RUN_AT = """{% macro snapshot_get_time() %}
  {%- set at = var('platform_run_at', none) -%}
  {%- if at is none %}{{ current_timestamp() }}{% else %}cast('{{ at }}' as timestamp){% endif -%}
{% endmacro %}
"""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder, with these files in it (paths relative to it)."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


PORTS_HISTORY = (
    "select code, name, dbt_valid_from::date::varchar, dbt_valid_to::date::varchar"
    " from snp_ports order by all"
)
"""The versions that the snapshot of `snapshot_project` holds."""


def in_database(project: Path, sql: str) -> list[tuple[object, ...]]:
    """What a query finds in the database of one of these projects."""
    with duckdb.connect(str(project / "tiny.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def tiny_project(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A project with the seed `letters`, the view `stg_letters`, and the table `fct_letters`."""
    return write(
        folder,
        {
            "dbt_project.yml": PROJECT,
            "profiles.yml": PROFILES,
            "platform.yml": NO_CHECK,
            "seeds/letters.csv": "id,letter\n1,a\n2,b\n",
            "models/stg_letters.sql": "select id, letter from {{ ref('letters') }}\n",
            "models/fct_letters.sql": "{{ config(materialized='table') }}\n"
            "select id, upper(letter) as letter from {{ ref('stg_letters') }}\n",
            "models/fct_letters.yml": "models:\n- name: fct_letters\n  columns:\n"
            "  - name: id\n    data_tests: [not_null]\n",
            **(files or {}),
        },
    )


def snapshot_project(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A project whose snapshot `snp_ports` reads CSV files named by the variable `release`."""
    return write(
        folder,
        {
            "dbt_project.yml": PROJECT + 'vars: {release: "2024-03-01"}\n',
            "profiles.yml": PROFILES,
            "platform.yml": NO_CHECK,
            "macros/snapshot_get_time.sql": RUN_AT,
            "models/stg_ports.sql": "select code, name from "
            "read_csv('data/ports_{{ var(\"release\") }}.csv', all_varchar = true)\n",
            "snapshots/snp_ports.yml": "snapshots:\n- name: snp_ports\n"
            "  relation: ref('stg_ports')\n  config:\n    unique_key: code\n"
            "    strategy: check\n    check_cols: all\n    hard_deletes: invalidate\n"
            "    meta: {scd: {backfill: {files: 'data/ports_{date}.csv', var: release}}}\n",
            "data/ports_2024-01-01.csv": "code,name\nA,Aa\nB,Bb\n",
            "data/ports_2024-02-01.csv": "code,name\nA,Aa\nB,Bbb\nC,Cc\n",
            "data/ports_2024-03-01.csv": "code,name\nB,Bbb\nC,Cc\n",
            **(files or {}),
        },
    )


MACROS = Path(__file__).parent.parent / "macros"


def install_macros(project: Path, macros: Path = MACROS) -> None:
    """What `dbt deps` does with the package in a folder (relative to its link, or absolute)."""
    packages = project / "dbt_packages"
    packages.mkdir(parents=True)
    (packages / "platform_macros").symlink_to(macros)


def guarded_project(
    folder: Path, files: dict[str, str] | None = None, *, installed: bool = True
) -> Path:
    """The project of `snapshot_project`, its snapshots taken by the package of this repository."""
    if installed:
        install_macros(folder)
    return snapshot_project(
        folder,
        {
            "packages.yml": f"packages: [{{local: '{MACROS}'}}]\n",
            "macros/snapshot_get_time.sql": "",
            "macros/materialization_snapshot.sql": "{% materialization snapshot, default %}"
            "{{ return(platform_macros.materialization_snapshot_default()) }}"
            "{% endmaterialization %}\n",
            **(files or {}),
        },
    )
