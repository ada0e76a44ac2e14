"""The sources of a parsed project as other variables have them, against dbt's own parsing."""

import json
from pathlib import Path

import pytest

from platform_cli import dbt_runner
from platform_cli.dbt_runner import LateSource, Options, Parsed
from tests.builders import snapshot_project

SOURCE = "source.tiny.raw.ports"
YAML = """\
sources:
  - name: raw
    config:
      meta:
        external_location: "data/ports_{{ var('release') }}.csv"
        kind: "{{ var('kind', 'all') }}"
    tables:
      - name: ports
        config:
          loaded_at_field: "cast('{{ var('release') }}' as timestamp)"
      - name: yards
"""


def parsed(project: Path, **variables: str) -> Parsed:
    return dbt_runner.parse(project, Options(vars=json.dumps(variables)))


def all_of(parsed: Parsed) -> dict[str, object]:
    """All that dbt knows, but for when it learned it."""
    told = parsed.manifest.writable_manifest().to_dict(omit_none=False)
    sources = json.loads(json.dumps([told, parsed.manifest.flat_graph["sources"]], default=str))
    return without_times(sources)


def without_times(told: object) -> object:
    if isinstance(told, dict):
        unlike = {"created_at", "metadata"}
        return {key: without_times(value) for key, value in told.items() if key not in unlike}
    return [without_times(one) for one in told] if isinstance(told, list) else told


def test_changed_sources_are_as_dbt_would_parse_them(tmp_path: Path) -> None:
    project = snapshot_project(
        tmp_path,
        {
            "models/stg_ports.sql": "select code, name from {{ source('raw', 'ports') }}",
            "models/raw.yml": YAML,
        },
    )
    first = parsed(project, release="2024-01-01")
    second = parsed(project, release="2024-02-01", kind="new")
    assert all_of(first) != all_of(second)
    file = {"external_location": "data/ports_2024-02-01.csv"}
    changed = dbt_runner.with_sources(
        first,
        {
            SOURCE: LateSource({**file, "kind": "new"}, "cast('2024-02-01' as timestamp)"),
            "source.tiny.raw.yards": LateSource({**file, "kind": "new"}, None),
        },
    )
    assert all_of(changed) == all_of(second)


def test_a_key_that_hides_another_is_for_dbt_to_parse(tmp_path: Path) -> None:
    hiding = YAML.replace("- name: yards", "- name: yards\n        meta: {kind: one}")
    first = parsed(snapshot_project(tmp_path, {"models/raw.yml": hiding}), release="2024-01-01")
    late = {name: LateSource({"kind": "one"}, None) for name in (SOURCE, "source.tiny.raw.yards")}
    before = all_of(first)
    assert dbt_runner.with_sources(first, late) is None
    assert all_of(first) == before


def test_a_source_that_is_not_there_is_no_silent_matter(tmp_path: Path) -> None:
    first = parsed(snapshot_project(tmp_path))
    with pytest.raises(KeyError):
        dbt_runner.with_sources(first, {SOURCE: LateSource({}, None)})
