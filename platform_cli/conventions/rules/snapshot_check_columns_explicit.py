"""Rule: snapshot-check-columns-explicit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.rule import Key, Violation, known, rule
from platform_cli.project.project import Project
from platform_cli.project.resources import Snapshot

STAR = r"(?i)(?:\bselect|,)\s+(?:distinct\s+)?(?:\w+\.)?\*"


@rule(severity="warn")
def snapshot_check_columns_explicit(snapshot: Snapshot, project: Project) -> Iterator[Violation]:
    """A snapshot that compares all columns of a source names them.

    ## Why
    With `check_cols: all` on a source, every column that the source adds makes a new version of
    every row, and a load time makes one in each run. The history cannot be cleaned afterwards.

    `all` is well where the columns were chosen before: in the staging model that the snapshot
    reads, or in the snapshot's own `select`. Then one place says what belongs to the history.

    ## Instead of
    ```yaml
    snapshots:
      - name: snp_airports
        relation: source('airports', 'airports')
        config:
          strategy: check
          check_cols: all
    ```

    ## Write
    ```yaml
    snapshots:
      - name: snp_airports
        relation: ref('stg_airports')
        config:
          strategy: check
          check_cols: all
    ```
    or `check_cols: [airport_name, city]`; or `strategy: timestamp`, when the source says reliably
    when a row has changed.
    """
    if known(snapshot, "config.strategy") != "check":
        return
    columns = known(snapshot, "config.check_cols")
    if not isinstance(columns, str) or columns.lower() != "all":
        return
    source = next((one for one in known(snapshot, "references") if one.kind == "source"), None)
    if source is None:
        return
    if snapshot.path.endswith(".sql") and not re.search(STAR, project.raw_code(snapshot.unique_id)):
        return
    yield Violation(
        f"compares all columns of the source {'.'.join(source.args)}, also those to come",
        at=Key("check_cols"),
        help="list the columns in `check_cols`, or read a staging model that chooses them",
    )
