"""dbt itself, in this process: imported once, called, and its DuckDB file let go again.

Everything here that is not dbt's documented programmatic interface (`dbtRunner` and its
callbacks) is named in `test_dbt_still_has_what_the_engine_relies_on`.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platform_cli.dbt_runner import wanted_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    words: list[str],
    project: Path,
    callback: Callable[[Any], None],
    manifest: Any = None,
    parse_first: list[str] | None = None,
) -> Answer:
    """Run one dbt command in the project's folder and release the DuckDB file.

    `manifest` is that of an earlier call in this process with the same files, vars, and target:
    dbt then does not parse again, and does not notice if they differ. Without one,
    `parse_first` is the `dbt parse` that makes it. Given a manifest, dbt writes manifest.json
    once, at the end of its task, and not after parsing too; for 1,000 models each writing costs
    more than a second.
    """
    collecting = gc.isenabled()
    if manifest is None and "dbt.cli.main" in sys.modules:
        # The objects of an earlier call: cycles that nothing else would ever free.
        gc.collect()
    gc.disable()
    try:
        # What Python models print is talk; stdout belongs to the command's result.
        with _working_in(project), contextlib.redirect_stdout(sys.stderr):
            if manifest is None and parse_first:
                parsed = _invoke(parse_first, callback)
                if parsed.error is not None:
                    return parsed
                manifest = parsed.manifest
            elif manifest is not None:
                _forget_compilation(manifest)
            return _invoke(words, callback, manifest)
    finally:
        gc.unfreeze()
        gc.set_threshold(*_DEFAULT)
        (gc.enable if collecting else gc.disable)()


def _invoke(words: list[str], callback: Callable[[Any], None], manifest: Any = None) -> Answer:
    # Read by dbt's tracker and its dependencies; our flag alone is seen after their import.
    os.environ.setdefault("DO_NOT_TRACK", "1")
    from dbt.cli.main import dbtRunner

    wanted_events.pass_on_only_these()
    if manifest is not None:
        _keep_what_was_parsed()
        if _artifacts_of_plugins(manifest):
            manifest = None
    try:
        answer = dbtRunner(manifest=manifest, callbacks=[callback]).invoke(words)
    finally:
        release()
    if words[0] == "parse" and answer.exception is None:
        manifest = answer.result
    return Answer(answer.result, answer.exception, manifest)


def write_manifest(manifest: Any, target: Path) -> None:
    """Write manifest.json: what dbt would have done before a task that then failed."""
    from dbt.parser.manifest import write_manifest as write

    write(manifest, str(target))


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


def _artifacts_of_plugins(manifest: Any) -> bool:
    """Whether a dbt plugin writes files of its own beside the manifest, as dbt parses."""
    from dbt.plugins import get_plugin_manager

    manager = get_plugin_manager(manifest.metadata.project_name)
    return bool(manager.hooks.get("get_manifest_artifacts"))


def _keep_what_was_parsed() -> None:
    """Stop looking for garbage in what stays until the end anyway, and look rarely elsewhere."""
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 100)
    gc.enable()


@contextlib.contextmanager
def _working_in(folder: Path) -> Iterator[None]:
    """dbt and DuckDB read relative paths (profiles.yml, the database, data files) from here."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
