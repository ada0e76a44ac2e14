"""Rule: snapshot-has-unique-key-and-strategy."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.resources import Snapshot

NEEDS = {"timestamp": "updated_at", "check": "check_cols", "change_log": "updated_at"}
"""What each strategy cannot do without. A strategy of the project's own needs nothing."""


@rule(severity="error")
def snapshot_has_unique_key_and_strategy(snapshot: Snapshot) -> Iterator[Violation]:
    """A snapshot has a unique_key, a strategy, and what that strategy needs.

    ## Why
    The key says whose history a row is, the strategy when it has changed. A history that was
    written with the wrong ones cannot be mended afterwards.

    ## Instead of
    ```yaml
    snapshots:
      - name: snp_airports
        relation: source('airports', 'airports')
    ```

    ## Write
    ```yaml
    snapshots:
      - name: snp_airports
        relation: source('airports', 'airports')
        config:
          unique_key: icao
          strategy: timestamp
          updated_at: released_at
    ```
    """
    if not known(snapshot, "config.unique_key"):
        yield Violation("no unique_key", help="add `unique_key:` under `config:`")
    strategy = known(snapshot, "config.strategy")
    if not strategy:
        yield Violation("no strategy", help="add `strategy: timestamp` or `check` under `config:`")
    elif (needed := NEEDS.get(strategy)) and not known(snapshot, f"config.{needed}"):
        yield Violation(
            f"strategy {strategy} without {needed}", help=f"add `{needed}:` under `config:`"
        )
