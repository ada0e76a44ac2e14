"""dbt's commands as functions: options in, our own results out."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from platform_cli.dbt_runner.engine import Answer, call, write_manifest
from platform_cli.dbt_runner.events import Events
from platform_cli.dbt_runner.file_lock import once_free
from platform_cli.dbt_runner.half_written import whole
from platform_cli.dbt_runner.local_packages import only_local
from platform_cli.dbt_runner.node_results import node_results
from platform_cli.dbt_runner.options import Options, arguments, for_parsing
from platform_cli.dbt_runner.results import NodeResult, OnEvent, Parsed, RunResult, ShowResult
from platform_cli.dbt_runner.snapshot_plays import (
    MACRO,
    PROFILE,
    TARGET,
    Play,
    Played,
    scratch_profiles,
)
from platform_cli.dbt_runner.snapshot_reports import asking
from platform_cli.dbt_runner.target_lock import target_lock
from platform_cli.dbt_runner.translate import translate
from platform_cli.errors import PlatformError
from platform_cli.target_folder import target_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_Command = Literal[
    "build", "run", "test", "seed", "snapshot", "compile", "show", "parse", "deps", "run-operation"
]

_PLAIN = Options()

_ALWAYS = ("--no-send-anonymous-usage-stats", "--no-use-colors", "--log-level=none")

_LEAN = ("--no-write-json", "--no-populate-cache")
"""For calls that write no table and whose artifacts nobody reads.

Never for those that build: `--state` and documentation tools read what they leave, and without
the cache dbt now and then trips over its own renames when it has several threads.
"""


def build(
    project: Path,
    options: Options = _PLAIN,
    *,
    on_event: OnEvent | None = None,
    parsed: Parsed | None = None,
) -> RunResult:
    """`dbt build`: seeds, models, snapshots and tests in the order of the graph."""
    return _run(_Call("build", project, options, parsed), on_event)


def run(
    project: Path,
    options: Options = _PLAIN,
    *,
    on_event: OnEvent | None = None,
    parsed: Parsed | None = None,
) -> RunResult:
    """`dbt run`: models only."""
    return _run(_Call("run", project, options, parsed), on_event)


def test(
    project: Path,
    options: Options = _PLAIN,  # noqa: PT028  (dbt's word, not a test)
    *,
    on_event: OnEvent | None = None,  # noqa: PT028
    parsed: Parsed | None = None,  # noqa: PT028
) -> RunResult:
    """`dbt test`: data tests and unit tests."""
    return _run(_Call("test", project, options, parsed), on_event)


def seed(
    project: Path,
    options: Options = _PLAIN,
    *,
    on_event: OnEvent | None = None,
    parsed: Parsed | None = None,
) -> RunResult:
    """`dbt seed`: CSV files into tables."""
    return _run(_Call("seed", project, options, parsed), on_event)


def snapshot(
    project: Path,
    options: Options = _PLAIN,
    *,
    on_event: OnEvent | None = None,
    parsed: Parsed | None = None,
    plan: bool = False,
    allow: tuple[str, ...] = (),
) -> RunResult:
    """`dbt snapshot`: one more look at slowly changing sources.

    Snapshots of `platform_macros` write nothing with `plan`, and let what the guards in `allow`
    would refuse pass; what they found is in the result's `snapshots`.
    """
    with asking(plan=plan, allow=allow):
        return _run(_Call("snapshot", project, options, parsed), on_event)


def compile(  # noqa: A001  (dbt's own word)
    project: Path,
    options: Options = _PLAIN,
    *,
    on_event: OnEvent | None = None,
    parsed: Parsed | None = None,
) -> RunResult:
    """`dbt compile`: SQL as it would run, in each node's `compiled_code`.

    With a selection no artifacts are written and the tests of the selected models are left
    out, unless `indirect_selection` asks for them. Without one it does all that dbt does.
    Raises PlatformError for the first node that does not compile.
    """
    if not (options.select or options.selector or options.inline):
        return _run(_Call("compile", project, options, parsed), on_event)
    lean = replace(options, indirect_selection=options.indirect_selection or "empty")
    return _run(_Call("compile", project, lean, parsed, _LEAN), on_event)


def show(project: Path, options: Options, parsed: Parsed | None = None) -> ShowResult:
    """`dbt show`: the first rows (5, or `limit`) of one model or of an inline query.

    Raises PlatformError when the selection is not exactly one node, or its SQL fails.
    """
    # Without `empty` dbt would also run the tests of the model and print their failures.
    lean = replace(options, indirect_selection="empty")
    answer = _answer(_Call("show", project, lean, parsed, _LEAN), Events(None))
    results = answer.result.results
    if len(results) != 1:
        shown = ", ".join(result.node.name for result in results) or "nothing"
        raise PlatformError(f"show takes one model, and the selection means {shown}")
    table = results[0].agate_table
    return ShowResult(
        columns=tuple(table.column_names),
        rows=tuple(tuple(row.values()) for row in table.rows),
        compiled_code=results[0].node.compiled_code or "",
    )


def parse(project: Path, options: Options = _PLAIN, *, write_manifest: bool = False) -> Parsed:
    """`dbt parse`: the project as dbt understands it, for further calls."""
    lean = () if write_manifest else ("--no-write-json",)
    answer = _answer(_Call("parse", project, for_parsing(options), lean=lean), Events(None))
    return Parsed(answer.manifest)


def play(
    project: Path,
    plays: Sequence[Play],
    options: Options,
    parsed: Parsed,
    on_played: Callable[[Played], None],
) -> None:
    """Play tests of snapshots in DuckDB in memory; the database of the profile is not opened.

    `on_played` is called with each as it ends, also with those that crashed.
    """
    left = list(plays)
    with scratch_profiles() as folder:
        # An explicit target: the environment may name one that only the real profile has.
        scratch = Options(
            profiles_dir=folder,
            profile=PROFILE,
            target=TARGET,
            vars=options.vars,
            target_path=options.target_path,
            version_check=options.version_check,
            log_file=options.log_file,
        )

        def done(one: Played) -> None:
            left[:] = [each for each in left if each.number != one.number]
            on_played(one)

        while left:
            # The rest after a crash goes into a new database.
            events = Events(None, done)
            words = (MACRO, "--args", json.dumps({"tests": [asdict(each) for each in left]}))
            asked = _Call("run-operation", project, scratch, parsed, _LEAN, words)
            if isinstance(_answer(asked, events).error, KeyboardInterrupt):
                raise KeyboardInterrupt
            if left:
                done(Played(left[0].number, crash=events.broken or "dbt ended without a word"))


@dataclass(frozen=True, slots=True)
class _Call:
    command: _Command
    project: Path
    options: Options
    parsed: Parsed | None = None
    lean: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def _run(asked: _Call, on_event: OnEvent | None) -> RunResult:
    started = time.monotonic()
    events = Events(on_event)
    answer = _answer(asked, events)
    interrupted = isinstance(answer.error, KeyboardInterrupt)
    nodes = (
        tuple(_finished(events, answer.manifest))
        if interrupted
        else node_results(answer.result.results, answer.manifest, asked.project)
    )
    return RunResult(
        nodes=nodes,
        elapsed=time.monotonic() - started,
        warnings=tuple(events.warnings),
        prints=tuple(events.prints),
        snapshots=tuple(sorted(events.snapshots, key=lambda one: one.name)),
        interrupted=interrupted,
        planned=events.planned,
        parsed=Parsed(answer.manifest) if answer.manifest else None,
    )


def _finished(events: Events, manifest: Any) -> Iterator[NodeResult]:
    """What dbt told of before Ctrl-C; the node that it stopped is none of them."""
    for node in events.finished:
        if "INTERRUPT Error" not in node.message:
            known = manifest.nodes.get(node.unique_id) if manifest else None
            # Events give the path from the models' folder, which nobody can open.
            yield replace(node, path=known.original_file_path) if known else node


def _answer(asked: _Call, events: Events) -> Answer:
    """What dbt answered; its exceptions as PlatformError, Ctrl-C of a run as an answer."""
    command, project, options = asked.command, asked.project, asked.options
    target = target_folder(project, options.target_path)
    # Without a log file dbt still creates the folder for it: let that be one it needs anyway.
    log = (
        ("--log-level-file=debug",)
        if options.log_file
        else ("--log-level-file=none", f"--log-path={target}")
    )
    words = [command, *asked.words, *_ALWAYS, *log, *asked.lean, *arguments(options)]
    manifest = asked.parsed.manifest if asked.parsed else None
    parse_first = (
        None
        if command == "parse"
        else ["parse", *_ALWAYS, *log, "--no-write-json", *arguments(for_parsing(options))]
    )

    def attempt(before: Any) -> Answer:
        return call(words, project, events, before or manifest, parse_first)

    tell = partial(events.tell, "waiting")
    with target_lock(target, tell, options.wait), whole(target):
        answer = once_free(attempt, events, options.wait)
        if type(answer.error).__name__ == "UninstalledPackagesFoundError" and only_local(project):
            events.tell("installing", "packages")
            call(["deps", *_ALWAYS, *log], project, events)
            answer = call(words, project, events, None, parse_first)
        writes = asked.lean == () and options.write_json is not False
        if answer.error is not None and answer.manifest is not None and writes:
            write_manifest(answer.manifest, target)
    stopped = isinstance(answer.error, KeyboardInterrupt) and command not in {"parse", "show"}
    if answer.error is not None and not stopped:
        error = translate(answer.error, project)
        raise error from (answer.error if error is not answer.error else None)
    return answer
