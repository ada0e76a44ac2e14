"""When dbt parses anew for a release."""

import json
from pathlib import Path

import pytest

from platform_cli import dbt_runner
from platform_cli.dbt_runner import Options, Parsed
from platform_cli.snapshots.release_parsing import ReleaseParsing
from tests.builders import snapshot_project

NODE = "snapshot.tiny.snp_ports"
RAW = "sources: [{name: raw, tables: [{name: ports, config: {meta: {external_location: "
IN_SOURCE = {
    "models/stg_ports.sql": "select code, name from {{ source('raw', 'ports') }}",
    "models/raw.yml": RAW + "\"data/ports_{{ var('release') }}.csv\"}}}]}]\n",
}
LAST = "2024-03-01"


def parsings(tmp_path: Path, changes: dict[str, str], *releases: str) -> list[tuple[bool, Parsed]]:
    """Whether dbt parsed anew, and what it made of the project, for each release."""
    project = snapshot_project(tmp_path, changes)
    usual = {"release": LAST}
    first = dbt_runner.parse(project, options(usual))
    parsing = ReleaseParsing(project, NODE, first, options(usual), usual)
    found = []
    for release in releases:
        variables = {"release": release}
        now = parsing.parse(options(variables), variables)
        found.append((now is not first, now))
        first = now
    return found


def options(variables: dict[str, str]) -> Options:
    return Options(vars=json.dumps(variables))


def location(parsed: Parsed) -> str:
    return str(parsed.manifest.sources["source.tiny.raw.ports"].meta["external_location"])


def test_where_a_source_lies_takes_no_parsing(tmp_path: Path) -> None:
    found = parsings(tmp_path, IN_SOURCE, "2024-01-01", "2024-02-01", LAST)
    assert [anew for anew, _ in found] == [False, False, False]
    assert location(found[-1][1]) == f"data/ports_{LAST}.csv"


def test_nor_does_what_is_looked_at_when_it_runs(tmp_path: Path) -> None:
    changes = {
        "models/stg_ports.sql": "select code, name from read_csv('data/ports_"
        "{{ var('release') }}.csv')",
        "models/elsewhere.sql": "{{ config(alias='a' ~ var('release')) }} select 1 as a",
    }
    assert not parsings(tmp_path, changes, "2024-01-01")[0][0]


@pytest.mark.parametrize(
    "changes",
    [
        {"models/stg_ports.sql": "{{ config(alias='p' ~ var('release')) }} select 'A' as code,"
         " 'a' as name"},
        {"models/stg_ports.sql": "select * from {{ ref('old') if var('release') < '2024-02-01'"
         " else ref('new') }}",
         "models/old.sql": "select 'A' as code, 'a' as name",
         "models/new.sql": "select 'B' as code, 'b' as name"},
        IN_SOURCE | {"models/raw.yml": "sources: [{name: raw, tables: [{name: ports, identifier:"
                     " \"ports_{{ var('release') }}\"}]}]\n"},
        {"models/stg_ports.sql": "{{ config(meta={'now': modules.datetime.datetime.now() | string"
         "}) }} select 'A' as code, 'a' as name"},
    ],
    ids=["a name", "what it reads", "a source's name", "what only dbt can tell"],
)  # fmt: skip
def test_whatever_else_differs_is_parsed(tmp_path: Path, changes: dict[str, str]) -> None:
    (anew, parsed), (again, _) = parsings(tmp_path, changes, "2024-01-01", LAST)
    assert (anew, again) == (True, True)
    assert parsed.manifest.nodes["model.tiny.stg_ports"]


def test_what_another_release_reads_is_what_dbt_reads(tmp_path: Path) -> None:
    changes = {
        "models/stg_ports.sql": "select * from {{ ref('old') if var('release') < '2024-02-01'"
        " else ref('new') }}",
        "models/old.sql": "select 'A' as code, 'a' as name",
        "models/new.sql": "select 'B' as code, 'b' as name",
    }
    read = [
        parsed.manifest.nodes["model.tiny.stg_ports"].depends_on.nodes
        for _, parsed in parsings(tmp_path, changes, "2024-01-01", LAST)
    ]
    assert read == [["model.tiny.old"], ["model.tiny.new"]]
