"""Which variables the files upstream of a snapshot read."""

from pathlib import Path

from platform_cli import dbt_runner
from tests.builders import snapshot_project


def test_sql_macros_sources_and_configurations_upstream_are_looked_at(tmp_path: Path) -> None:
    project = snapshot_project(
        tmp_path,
        {
            "models/stg_ports.sql": "{# var('in_comment') #}select code, name from"
            " {{ source('raw', 'ports') }} where {{ outer_one() }} and {{ var('in_sql', 1) }} = 1",
            "models/raw.yml": "sources: [{name: raw, tables: [{name: ports, config: {meta:"
            " {external_location: \"data/ports_{{ var('in_source') }}.csv\"}}}]}]\n",
            "models/other.sql": "select {{ var('elsewhere', 1) }} as a\n",
            "macros/used.sql": "{% macro outer_one() %}{{ inner_one() }}{% endmacro %}\n"
            "{% macro inner_one() %}{{ var(\"in_macro\", 'true') }}{% endmacro %}\n",
        },
    )
    file = project / "dbt_project.yml"
    file.write_text(
        file.read_text().replace("vars: {", "vars: {in_source: 2024-03-01, ")
        + "models: {tiny: {+meta: {a: \"{{ var('in_project', 1) }}\"}}}\n"
    )
    for _ in range(2):  # parsed anew, and from what dbt kept of that
        read = dbt_runner.variables_read(
            dbt_runner.parse(project), "snapshot.tiny.snp_ports", project
        )
        assert read >= {"in_sql", "in_source", "in_macro", "in_project"}
        assert not read & {"in_comment", "elsewhere", "release"}
