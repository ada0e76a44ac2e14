from platform_cli.conventions.rules.snapshot_selects_raw_source import (
    snapshot_selects_raw_source as rule,
)
from tests.sql_builders import places_in, violations_in, why_undecided

PATH = "snapshots/s.sql"


def snapshot(sql: str) -> str:
    config = "{{ config(unique_key='id', strategy='check', check_cols='all') }}"
    return f"-- first\n{{% snapshot s %}} {config}\n{sql}\n{{% endsnapshot %}}\n"


def test_joins_and_filters_are_found_at_their_words(tmp_path) -> None:
    sql = snapshot(
        "select f.id from {{ ref('stg_flights') }} f\n"
        "  left join {{ ref('stg_airports') }} a on a.id = f.id {{ '' }} where f.id > 1"
    )
    assert places_in(tmp_path, rule, sql, path=PATH) == ["4:8 join", "4:65 where"]


def test_plain_selects_are_left_alone(tmp_path) -> None:
    sql = snapshot("select id, upper(code) as code from {{ source('raw', 'flights') }}")
    assert violations_in(tmp_path, rule, sql, path=PATH) == []


def test_a_snapshot_in_yaml_is_left_alone(tmp_path) -> None:
    yaml = (
        "snapshots:\n- name: s\n  relation: ref('stg_flights')\n"
        "  config: {unique_key: id, strategy: check, check_cols: all}\n"
    )
    assert violations_in(tmp_path, rule, yaml, path="snapshots/s.yml") == []


def test_a_text_from_the_database_is_undecided(tmp_path) -> None:
    sql = snapshot("select {{ run_query('x') }} from {{ ref('stg_flights') }}")
    assert why_undecided(tmp_path, rule, sql, path=PATH)
