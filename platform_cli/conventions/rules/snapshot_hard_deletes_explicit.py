"""Rule: snapshot-hard-deletes-explicit."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Key, Violation, known, rule
from platform_cli.project.resources import Snapshot


@rule(severity="warn")
def snapshot_hard_deletes_explicit(
    snapshot: Snapshot, *, strategies: tuple[str, ...] = ("check", "timestamp")
) -> Iterator[Violation]:
    """A snapshot says what becomes of a row that its source no longer has.

    ## Why
    When nobody says it, deleted rows stay current for ever, and every count of the current rows is
    too high. If that is meant, because the source shows only a part of its rows, `ignore` says so.

    `invalidate_hard_deletes`, the older word, counts as well. The setting `strategies` names those
    that look at deleted rows; a change log says itself what was deleted.

    ## Instead of
    ```yaml
    config:
      strategy: timestamp
      updated_at: released_at
    ```

    ## Write
    ```yaml
    config:
      strategy: timestamp
      updated_at: released_at
      hard_deletes: invalidate
    ```
    """
    if known(snapshot, "config.strategy") not in strategies:
        return
    for key in ("hard_deletes", "invalidate_hard_deletes"):
        if known(snapshot, f"config.{key}") is not None:
            return
    yield Violation(
        "does not say what becomes of deleted rows",
        at=Key("config"),
        help="add `hard_deletes:` with invalidate, new_record or ignore under `config:`",
    )
