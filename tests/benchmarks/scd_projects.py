"""A dbt project with one snapshot of one source table, for our materialization or dbt's own."""

import shutil
from pathlib import Path

from tests.benchmarks.projects import REPOSITORY

DATABASE = "raw.duckdb"
_PROJECT = "name: taking\nversion: '1.0.0'\nprofile: taking\nvars: {{{clock}}}\n"
_PROFILE = "taking:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: raw.duckdb}\n"
_SOURCE = "sources:\n  - {name: raw, schema: main, tables: [{name: src}]}\n"
_SNAPSHOT = """\
snapshots:
  - name: snp
    relation: source('raw', 'src')
    config:
      schema: main
      unique_key: id
      hard_deletes: invalidate
"""
_STRATEGIES = {
    "check": "      strategy: check\n      check_cols: all\n",
    "timestamp": "      strategy: timestamp\n      updated_at: updated_at\n",
    "change_log": "      strategy: change_log\n      updated_at: updated_at\n",
}
_META = {
    "trusted": "      meta: {scd: {check_ties: false}}\n",
    "change_log": (
        "      meta: {scd: {delete_when: is_delete, "
        "track_columns: [i1, i2, d1, d2, m1, m2, s1, s2]}}\n"
    ),
}
_OURS = """\
{% materialization snapshot, default %}
    {{ return(platform_macros.materialization_snapshot_default()) }}
{% endmaterialization %}
"""
# dbt has no clock that can be set but this macro; the histories shall be the same to the second.
_DBTS = """\
{% macro default__snapshot_get_time() -%}
    cast('{{ var("platform_run_at") }}' as timestamp)
{%- endmacro %}
"""


def snapshot_project(folder: Path, kind: str, *, ours: bool) -> Path:
    """The project: its history is the table `snp` beside the source in `raw.duckdb`."""
    strategy = _STRATEGIES.get(kind, _STRATEGIES["timestamp"])
    files = {
        "profiles.yml": _PROFILE,
        "models/_sources.yml": _SOURCE,
        "snapshots/_snapshots.yml": _SNAPSHOT + strategy + (_META.get(kind, "") if ours else ""),
        "macros/schema.sql": "{% macro generate_schema_name(name, node) -%} main {%- endmacro %}\n",
        "macros/snapshot.sql": _OURS if ours else _DBTS,
    }
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if ours:
        leave_out = shutil.ignore_patterns("target", "logs", "dbt_packages")
        packages = folder / "dbt_packages" / "platform_macros"
        shutil.copytree(REPOSITORY / "macros", packages, ignore=leave_out)
    return folder


def run_at(project: Path, at: str | None) -> None:
    """The next run takes place at that time; None: when it does."""
    clock = f"platform_run_at: '{at}'" if at else ""
    (project / "dbt_project.yml").write_text(_PROJECT.format(clock=clock), encoding="utf-8")
