import pytest

from platform_cli.conventions.rules.snapshot_hard_deletes_explicit import (
    snapshot_hard_deletes_explicit,
)
from tests.rule_builders import found

SNAPSHOT = """\
snapshots:
  - name: snp_ports
    relation: ref('stg_ports')
    config:
      unique_key: code
      strategy: timestamp
      updated_at: seen_at
"""
STAGING = {"models/stg_ports.sql": "select 1 as code"}


def test_a_snapshot_that_does_not_say_is_found_at_its_config(tmp_path) -> None:
    files = STAGING | {"snapshots/snp_ports.yml": SNAPSHOT}
    assert found(snapshot_hard_deletes_explicit, tmp_path, files) == [
        "snapshots/snp_ports.yml:4:5 does not say what becomes of deleted rows"
    ]


@pytest.mark.parametrize(
    "word", ["hard_deletes: ignore", "hard_deletes: new_record", "invalidate_hard_deletes: false"]
)
def test_both_words_say_it(tmp_path, word) -> None:
    files = STAGING | {"snapshots/snp_ports.yml": f"{SNAPSHOT}      {word}\n"}
    assert not found(snapshot_hard_deletes_explicit, tmp_path, files)


def test_a_word_for_the_whole_folder_counts_and_other_strategies_say_it_themselves(
    tmp_path,
) -> None:
    project = "name: shop\nprofile: shop\nsnapshots: {+hard_deletes: invalidate}\n"
    files = STAGING | {"snapshots/snp_ports.yml": SNAPSHOT}
    assert not found(
        snapshot_hard_deletes_explicit, tmp_path / "1", files | {"dbt_project.yml": project}
    )
    log = {"snapshots/snp_ports.yml": SNAPSHOT.replace("timestamp", "change_log")}
    assert not found(snapshot_hard_deletes_explicit, tmp_path / "2", files | log)
