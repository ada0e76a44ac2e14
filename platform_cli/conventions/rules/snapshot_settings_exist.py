"""Rule: snapshot-settings-exist."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.meta_value import meta_value
from platform_cli.conventions.rule import Key, Violation, known, rule
from platform_cli.project.resources import Snapshot
from platform_cli.project.scd_settings import wrong_settings


@rule(severity="error")
def snapshot_settings_exist(snapshot: Snapshot) -> Iterator[Violation]:
    """What a snapshot sets under `meta.scd` exists, has a possible value, and is its strategy's.

    ## Why
    dbt takes any key under `meta`. The run refuses a setting that `platform_macros` does not know,
    but it runs at night; this finds the slip where it was written. Which settings there are is
    listed in the README of `platform_macros`, under scd.

    ## Instead of
    ```yaml
    config:
      strategy: check
      meta:
        scd:
          tolerence: {latitude: 0.0001}
          guards: {mass_delete: 50%}
    ```

    ## Write
    ```yaml
    config:
      strategy: check
      meta:
        scd:
          tolerance: {latitude: 0.0001}
          guards: {mass_delete: 0.5}
    ```
    """
    scd = meta_value(snapshot, "scd")
    if not scd:
        return
    for wrong in wrong_settings(scd, known(snapshot, "config.strategy", "")):
        yield Violation(
            wrong.message, at=Key(".".join(("meta", "scd", *wrong.keys))), help=wrong.help
        )
