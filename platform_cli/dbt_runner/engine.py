"""dbt itself, in this process: imported once, called, and its DuckDB file let go again.

Everything here that is not dbt's documented programmatic interface (`dbtRunner` and its
callbacks) is named in `test_dbt_still_has_what_the_engine_relies_on`.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platform_cli.dbt_runner import light_events

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = gc.get_threshold()
_YOUNG = 200_000
"""Allocations between two garbage collections while nodes run.

dbt keeps hundreds of thousands of objects for good, and Python's default of 700 makes it walk
through them again and again (a third of a run). Never collecting would let the contexts of
thousands of nodes pile up.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What dbt's runner returned. `manifest` is dbt's own object: hand it back, don't look in."""

    result: Any
    error: BaseException | None
    manifest: Any


def call(
    words: list[str], project: Path, callback: Callable[[Any], None], manifest: Any = None
) -> Answer:
    """Run one dbt command in the project's folder and release the DuckDB file.

    `manifest` is that of an earlier call in this process with the same files, vars, and target:
    dbt then does not parse again, and does not notice if they differ.
    """
    collecting = gc.isenabled()
    if manifest is None and "dbt.cli.main" in sys.modules:
        # The objects of an earlier call: cycles that nothing else would ever free.
        gc.collect()
    gc.disable()
    try:
        # What Python models print is talk; stdout belongs to the command's result.
        with _working_in(project), contextlib.redirect_stdout(sys.stderr):
            return _call(words, callback, manifest)
    finally:
        gc.unfreeze()
        gc.set_threshold(*_DEFAULT)
        (gc.enable if collecting else gc.disable)()


def _call(words: list[str], callback: Callable[[Any], None], manifest: Any) -> Answer:
    # Read by dbt's tracker and its dependencies; our flag alone is seen after their import.
    os.environ.setdefault("DO_NOT_TRACK", "1")
    from dbt.cli.main import dbtRunner

    light_events.install()
    if manifest is not None:
        _forget_compilation(manifest)
    parsed = _Parsed(manifest)
    with _keeping(parsed):
        try:
            answer = dbtRunner(manifest=manifest, callbacks=[callback]).invoke(words)
        finally:
            release()
    if answer.exception is not None:
        parsed.write()
    return Answer(answer.result, answer.exception, parsed.manifest)


def _forget_compilation(manifest: Any) -> None:
    """Make a manifest that dbt has used as good as freshly parsed.

    dbt puts the SQL of ephemeral models into a node once and remembers that it did; compiling
    the node again would leave them out.
    """
    for node in (*manifest.nodes.values(), *manifest.unit_tests.values()):
        if getattr(node, "compiled", False) or getattr(node, "extra_ctes_injected", False):
            node.compiled = False
            node.compiled_code = None
            node.compiled_path = None
            node.extra_ctes_injected = False
            node.extra_ctes = []
            node._pre_injected_sql = None  # noqa: SLF001


def release() -> None:
    """Close every connection dbt has in this process, so that others can open the file."""
    if "dbt.adapters.duckdb.connections" not in sys.modules:
        return
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    # close_all_connections() only drops its reference; with the collector off, a cycle
    # somewhere would keep the file locked.
    if environment := DuckDBConnectionManager._ENV:  # noqa: SLF001
        environment.close()
    DuckDBConnectionManager.close_all_connections()


@dataclass(slots=True)
class _Parsed:
    """The manifest dbt parsed, and how to write it should dbt not come to that."""

    manifest: Any
    write: Callable[[], None] = lambda: None


@contextlib.contextmanager
def _keeping(parsed: _Parsed) -> Iterator[None]:
    """Keep the manifest that dbt parses, and let dbt write it only at the end of its task.

    dbt writes manifest.json after parsing and again after running; for 1,000 models each costs
    more than a second. When the task fails before its end, the first one is made up for.
    """
    from dbt.cli import requires

    original = requires.parse_manifest

    def parse(config: Any, write_perf_info: bool, write: bool, write_json: bool, rest: Any) -> Any:
        from dbt.parser.manifest import write_manifest
        from dbt.plugins import get_plugin_manager

        # Plugins write files of their own beside the first manifest: then nothing is put off.
        plugins = get_plugin_manager(config.project_name).hooks.get("get_manifest_artifacts")
        postpone = write and write_json and not plugins and config.args.which != "parse"
        manifest = original(config, write_perf_info, write, write_json and not postpone, rest)
        parsed.manifest = manifest
        if postpone:
            parsed.write = partial(write_manifest, manifest, config.project_target_path)
        # What the parse built stays until the end: no use looking for garbage in it.
        gc.freeze()
        gc.set_threshold(_YOUNG, 20, 100)
        gc.enable()
        return manifest

    requires.parse_manifest = parse
    try:
        yield
    finally:
        requires.parse_manifest = original


@contextlib.contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    """dbt and DuckDB read relative paths (profiles.yml, the database, data files) from here."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
