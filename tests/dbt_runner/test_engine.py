"""What we rely on in dbt beyond its documented interface. When dbt changes it, say so here."""

import gc
import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from platform_cli import dbt_runner
from platform_cli.dbt_runner import wanted_events
from platform_cli.errors import PlatformError
from tests.builders import tiny_project


def test_dbt_still_has_what_the_engine_relies_on() -> None:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.artifacts.resources.v1.components import CompiledResource
    from dbt.parser.manifest import write_manifest
    from dbt.plugins import get_plugin_manager

    assert list(inspect.signature(write_manifest).parameters)[:2] == ["manifest", "target_path"]
    assert callable(get_plugin_manager)
    assert hasattr(DuckDBConnectionManager, "_ENV")
    assert callable(DuckDBConnectionManager.close_all_connections)
    assert {"compiled", "compiled_code", "extra_ctes_injected", "extra_ctes"} <= set(
        CompiledResource.__dataclass_fields__
    )


def test_dbt_still_has_the_events_that_are_read() -> None:
    from dbt.events import types as dbt_types
    from dbt_common.events import event_manager_client
    from dbt_common.events import types as common_types
    from dbt_common.events.event_manager import EventManager

    for name in wanted_events.WANTED:
        assert hasattr(dbt_types, name) or hasattr(common_types, name), name
    assert callable(event_manager_client.ctx_set_event_manager)
    assert list(inspect.signature(EventManager.fire_event).parameters) == [
        "self",
        "e",
        "level",
        "node",
        "force_warn_or_error_handling",
    ]


def test_dbt_takes_our_event_manager_through_its_setter() -> None:
    from dbt_common.events.event_manager_client import get_event_manager

    wanted_events.pass_on_only_these()
    ours = get_event_manager()
    wanted_events.pass_on_only_these()
    assert get_event_manager() is ours
    assert type(ours).__name__ == "WantedEvents"


def test_manifest_json_is_written_once_for_a_run_and_also_when_it_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dbt.contracts.graph.manifest import Manifest

    written: list[str] = []
    write = Manifest.write

    def count(self: Any, path: str) -> None:
        written.append(path)
        write(self, path)

    monkeypatch.setattr(Manifest, "write", count)
    project = tiny_project(tmp_path)
    dbt_runner.build(project)
    assert len(written) == 1

    (project / "target/manifest.json").unlink()
    (project / "models/new.sql").write_text("select 1 as a")
    (project / "tiny.duckdb").unlink()
    (project / "tiny.duckdb").write_text("no database")
    with pytest.raises(PlatformError):
        dbt_runner.build(project)
    manifest = json.loads((project / "target/manifest.json").read_text())
    assert "model.tiny.new" in manifest["nodes"]


def test_the_collector_is_left_as_it_was(tmp_path: Path) -> None:
    before = (gc.isenabled(), gc.get_threshold())
    dbt_runner.parse(tiny_project(tmp_path))
    assert (gc.isenabled(), gc.get_threshold()) == before
    assert gc.get_freeze_count() == 0


def test_importing_the_door_does_not_import_dbt() -> None:
    script = (
        "import sys, platform_cli.dbt_runner, platform_cli.warehouse;"
        "sys.exit('dbt' in sys.modules or 'duckdb' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
