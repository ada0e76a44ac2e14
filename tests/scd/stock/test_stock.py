"""Where dbt's own snapshot is right, ours writes the same rows, ids aside.

dbt's is right when, and these histories keep to it:

- the key is there, unique and of one type, and no two keys are the same text when joined;
- columns and their types stay;
- `check` looks at all columns;
- with `updated_at`: it moves if and only if a value changes, it moves forward, to a time after the
  run before and no later than the run; a new or returning key's too;
- every run has a later time than the one before;
- no column holds JSON, structs or lists.
"""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.scd.oracle.values import canonical
from tests.scd.properties.case import shown
from tests.scd.properties.play import Dump, install, play
from tests.scd.stock.orderly import orderly_case
from tests.scd.stock.play_stock import play_stock


def versions(dump: Dump) -> Counter[tuple[Any, ...]]:
    """The rows without their ids; columns in the order of their names."""
    names = sorted(set(dump.columns) - {"dbt_scd_id"})
    at = [list(dump.columns).index(name) for name in names]
    return Counter(tuple(canonical(row[place]) for place in at) for row in dump.rows)


@pytest.mark.slow
def test_our_histories_are_dbts(tmp_path: Path):
    cases = [orderly_case(f"c{seed}", Random(seed)) for seed in range(20)]
    ours, dbts = play(install(tmp_path), cases), play_stock(tmp_path, cases)
    for case in cases:
        for number, (run, right) in enumerate(zip(ours[case.name], dbts[case.name], strict=True)):
            assert not run.refusals, (run.said, shown(case))
            assert run.dump is not None, (run.crash, shown(case))
            assert run.dump.columns == right.columns, shown(case)
            assert versions(run.dump) == versions(right), f"batch {number}\n{shown(case)}"
