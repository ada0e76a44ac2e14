from platform_cli.conventions.rules.snapshot_has_unique_key_and_strategy import (
    snapshot_has_unique_key_and_strategy,
)
from tests.resource_builders import a_snapshot, violations


def test_a_snapshot_with_all_it_needs_is_well() -> None:
    assert not violations(snapshot_has_unique_key_and_strategy, a_snapshot())


def test_each_missing_part_is_found() -> None:
    def messages(**config: object) -> list[str]:
        snapshot = a_snapshot(config=config)
        found = violations(snapshot_has_unique_key_and_strategy, snapshot)
        return [one.message for one in found]

    assert messages() == ["no unique_key", "no strategy"]
    assert messages(unique_key="icao", strategy="check") == ["strategy check without check_cols"]
    assert messages(unique_key="icao", strategy="timestamp") == [
        "strategy timestamp without updated_at"
    ]
