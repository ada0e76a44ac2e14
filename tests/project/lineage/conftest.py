from collections.abc import Callable

import pytest

from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.project import Project
from tests.builders import write

PROJECT = {
    "dbt_project.yml": "name: shop\nprofile: shop\nversion: '1'\n",
    "models/_raw.yml": """
sources:
- name: raw
  tables:
  - name: orders
    columns:
    - {name: Order Id, data_type: bigint, description: Number of the order.}
    - {name: placed_at, data_type: timestamp}
  - name: people
""",
    "seeds/ports.csv": "\ufeffcode,Name\nA,Aa\n",
    "seeds/_ports.yml": """
seeds:
- name: ports
  config: {column_types: {code: varchar(3)}}
  columns: [{name: Name, description: What it is called.}]
""",
    "models/stg_orders.sql": 'select "Order Id" as order_id, cast(placed_at as date) as placed_on,'
    " 1 as one from {{ source('raw', 'orders') }}",
    "models/stg_people.sql": "select * from {{ source('raw', 'people') }}",
    "models/_people.yml": "models: [{name: stg_people, columns: [{name: person_id}]}]",
    "models/fct_orders.sql": "with o as (select * from {{ ref('stg_orders') }})"
    " select o.*, p.name as port from o left join {{ ref('ports') }} as p on p.code = o.one",
    "snapshots/snp_ports.yml": "snapshots: [{name: snp_ports, relation: ref('ports'), config:"
    " {strategy: timestamp, unique_key: code, updated_at: name, hard_deletes: new_record,"
    " snapshot_meta_column_names: {dbt_valid_from: since}}}]",
}


@pytest.fixture
def lineage(tmp_path) -> Callable[..., ColumnLineage]:
    """The lineage of a small project; more files, by path, may be given."""

    def read(files: dict[str, str] | None = None) -> ColumnLineage:
        write(tmp_path, {**PROJECT, **(files or {})})
        return ColumnLineage(Project.load(tmp_path))

    return read


@pytest.fixture
def columns(lineage) -> Callable[..., list[str]]:
    """The columns of one model as `name how of`, and `*` when there may be more."""

    def shown(unique_id: str, files: dict[str, str] | None = None) -> list[str]:
        made = lineage(files).of(unique_id)
        assert made is not None
        lines = [
            " ".join(
                [one.name, one.how, *(f"{of.split('.')[-1]}.{column}" for of, column in one.of)]
            )
            for one in made.columns
        ]
        return lines + ["*"] * (not made.complete)

    return shown
