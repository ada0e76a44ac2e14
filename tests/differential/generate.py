"""Write a dbt project that uses everything the static reader must read.

`python -P -m tests.differential.generate DIR --models 1000`. The hand-written folder `project/`
holds each construct once; around it come as many models as asked for, in three layers. The same
number always gives the same bytes.
"""

import argparse
import shutil
from pathlib import Path

from tests.differential.layers import PlannedModel, layers
from tests.differential.model_sql import model_sql
from tests.differential.properties_yaml import properties_yaml

_BY_HAND = Path(__file__).parent / "project"
_PER_FILE = 10


def generate(root: Path, models: int) -> None:
    """Write the project into `root`, which must not exist.

    `models` counts the hand-written ones too; at least thirty more are made, so that every shape
    of every layer is there even in the smallest project.
    """
    shutil.copytree(_BY_HAND, root)
    packages = root / "dbt_packages"
    packages.mkdir()
    (packages / "toolbox").symlink_to(Path("..") / "local_packages" / "toolbox")
    by_hand = sum(1 for _ in _BY_HAND.glob("**/models/**/*.sql"))
    planned = layers(max(models - by_hand, 30))
    for model in planned:
        _write(root / "models" / model.folder / f"{model.name}.sql", model_sql(model))
    for layer in ("staging", "intermediate", "marts"):
        of_layer = tuple(model for model in planned if model.layer == layer)
        for start in range(0, len(of_layer), _PER_FILE):
            path = root / "models" / layer / f"_{layer}_{start // _PER_FILE:03d}.yml"
            _write(path, properties_yaml(of_layer[start : start + _PER_FILE]))
    marts = tuple(model for model in planned if model.layer == "marts")
    for number in range(max(1, models // 100)):
        _write(*_snapshot(root, number, marts[number % len(marts)]))
    _write(root / "models" / "marts" / "_exposures.yml", _exposures(marts[:5]))
    staging = (model for model in planned if model.layer == "staging")
    with (root / "raw_tables.sql").open("a", encoding="utf-8") as file:
        file.writelines(map(_raw_table, staging))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _snapshot(root: Path, number: int, model: PlannedModel) -> tuple[Path, str]:
    name = f"history_{number:03d}_of_{model.name}"
    if number % 2:
        return root / "snapshots" / f"{name}.yml", (
            f"snapshots:\n  - name: {name}\n    relation: ref('{model.name}')\n    config:\n"
            "      unique_key: id\n      strategy: timestamp\n      updated_at: updated_at\n"
        )
    return root / "snapshots" / f"{name}.sql", (
        f"{{% snapshot {name} %}}\n"
        "{{ config(unique_key='id', strategy='check', check_cols=['status', 'amount']) }}\n"
        f"select id, status, amount from {{{{ ref('{model.name}') }}}}\n{{% endsnapshot %}}\n"
    )


def _exposures(marts: tuple[PlannedModel, ...]) -> str:
    return "exposures:\n" + "".join(
        f"  - name: report_{model.number}\n    type: dashboard\n"
        f"    owner: {{email: a@example.org}}\n"
        f"    depends_on:\n      - ref('{model.name}')\n      - ref('plain')\n"
        for model in marts
    )


def _raw_table(model: PlannedModel) -> str:
    schema, table = f"raw_{model.system}", f"{model.name.split('__')[1]}_raw"
    return f"""create schema if not exists {schema};
create or replace table {schema}.{table} as
select i as id, i as customer_id, ['open', 'closed', 'void'][1 + i % 3] as status,
       ['card', 'cash', 'voucher'][1 + i % 3] as kind, i * 1.5 as amount, i % 7 as quantity,
       timestamp '2024-01-01' + to_days(cast(i as integer)) as created_at,
       timestamp '2024-01-02' + to_days(cast(i as integer)) as updated_at, ' note ' || i as note
from range(1, 21) t(i);
"""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a dbt project that uses everything.")
    parser.add_argument("dir", type=Path)
    parser.add_argument("--models", type=int, default=1000)
    asked = parser.parse_args()
    generate(asked.dir, asked.models)
