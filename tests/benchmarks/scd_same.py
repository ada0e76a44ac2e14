"""Whether histories are the same, ids aside."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

_TIMES = ("dbt_updated_at", "dbt_valid_from", "dbt_valid_to")
_ASIDE = ("dbt_scd_id", "is_delete")


def fingerprint(file: Path) -> tuple[int, int]:
    """The number of versions in `snp`, and a sum over all they hold but their ids."""
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute(
            "select column_name from duckdb_columns() where table_name = 'snp' order by column_name"
        ).fetchall()
        names = [name for (name,) in found if name not in _ASIDE]
        shown = ", ".join(
            f"cast({name} as timestamp)" if name in _TIMES else name for name in names
        )
        row = connection.execute(f"select count(*), sum(hash({shown})) from snp").fetchone()
    assert row
    return row


def agree(files: Mapping[str, Path]) -> None:
    """Raises RuntimeError unless all the files hold one history."""
    found = {name: fingerprint(file) for name, file in files.items()}
    if len(set(found.values())) > 1:
        raise RuntimeError(f"the histories differ: {found}")
