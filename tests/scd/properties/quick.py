"""Plays cases as `play.py` does, about two times cheaper: for thousands of them.

The macros are rendered by dbt and the SQL is run by DuckDB or by PostgreSQL, on the connection of
dbt's adapter, in transactions that dbt's adapter begins, commits and rolls back. Left out is what
costs more than that: the start of a dbt for some cases, and the log events and agate tables that
dbt makes for each statement. `test_quick.py` holds that both play alike. dbt's programmatic
interface ends at commands; the names used in `Engine.__init__` are dbt's own.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from dbt_common.clients.agate_helper import table_from_data_flat

from tests.scd.properties.case import Case
from tests.scd.properties.play import FAR, Played, Player, settings_of
from tests.scd.properties.stores import DuckDb, PostgreSql, Store

TABLES = ("", "__runs", "__undo", "__events")
"""Suffixes of the tables of a history."""
MEMORY: Mapping[str, str] = {"PLAY_TARGET": "memory"}


@contextlib.contextmanager
def quick_player(
    project: Path, processes: int = 1, target: Mapping[str, str] = MEMORY
) -> Iterator[Player]:
    """A player for each of so many threads at once; the processes are in a time zone far away.

    `target` has the variables that the project's profile reads.
    """
    given = project, {"TZ": FAR[0], "SCD_PLAY_ZONE": FAR[1], **target}
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=begin, initargs=given
    ) as pool:

        def player(cases: list[Case], form: str = "duckdb") -> dict[str, list[Played]]:
            return pool.submit(play_here, cases, form).result()

        yield player


engine: Engine | None = None
"""Of this process."""


def begin(project: Path, environment: dict[str, str]) -> None:
    """Makes this process a player."""
    global engine  # noqa: PLW0603 - what an initializer of a pool leaves behind
    os.environ |= environment
    time.tzset()
    os.chdir(project)
    engine = Engine(project)
    atexit.register(gc.unfreeze)  # DuckDB complains of objects that outlive it


def play_here(cases: list[Case], form: str) -> dict[str, list[Played]]:
    assert engine is not None
    return {case.name: list(engine.play(case, form)) for case in cases}


class Engine:
    """dbt with the player's project, and a database."""

    def __init__(self, project: Path) -> None:
        from dbt import tracking
        from dbt.adapters.factory import get_adapter, register_adapter
        from dbt.cli.flags import Flags
        from dbt.cli.types import Command
        from dbt.config.runtime import RuntimeConfig, load_profile, load_project
        from dbt.context.providers import generate_runtime_macro_context
        from dbt.flags import set_flags
        from dbt.mp_context import get_mp_context
        from dbt.parser.manifest import ManifestLoader
        from dbt_common.context import set_invocation_context
        from dbt_common.events.event_manager_client import cleanup_event_logger

        set_invocation_context(dict(os.environ))
        tracking.do_not_track()
        cleanup_event_logger()
        folder = str(project)
        flags = Flags.from_dict(
            Command.PARSE, {"project_dir": folder, "profiles_dir": folder, "quiet": True}
        )
        set_flags(flags)
        profile = load_profile(folder, {})
        config = RuntimeConfig.from_parts(
            load_project(folder, version_check=True, profile=profile, cli_vars={}), profile, flags
        )
        register_adapter(config, get_mp_context())
        self.adapter = get_adapter(config)
        self.adapter.set_macro_context_generator(generate_runtime_macro_context)
        self.manifest = ManifestLoader.get_full_manifest(config)
        self.adapter.set_macro_resolver(self.manifest)
        self.callable: Any = None
        self.adapter.acquire_connection("plays")
        handle = self.adapter.connections.get_thread_connection().handle
        self.store: Store = STORES[profile.credentials.type](handle)
        gc.collect()
        gc.freeze()  # the manifest stays; walking through it again and again is a third of a play
        gc.set_threshold(100_000)

    def play(self, case: Case, form: str) -> Iterator[Played]:
        """What was done with every batch; after a crash the case ends."""
        asked = settings_of(self.store.translated(case), form)
        for batch in json.loads(json.dumps(asked))["batches"]:
            if batch["lost"]:
                self.store.drop(case.name)
            try:
                outcome = self.snapshot(batch["settings"] | self.store.place)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
                self.adapter.connections.rollback_if_open()
                self.store.rollback()
                self.callable = None  # nothing of a run that failed is kept
                yield Played(crash=str(error)[-3000:])
                break
            yield self.played(case.name, outcome)
        for suffix in TABLES:
            self.store.drop(case.name + suffix)

    def snapshot(self, settings: dict[str, Any]) -> dict[str, Any]:
        """One run, committed; what it says, as JSON would carry it."""
        outcome = self.macro()(settings)
        if self.adapter.connections.get_thread_connection().transaction_open:
            self.adapter.connections.commit()
        self.store.commit()
        said = {"refusals": outcome["refusals"], "counts": outcome["counts"]}
        result: dict[str, Any] = json.loads(json.dumps(said))
        return result

    def macro(self) -> Any:
        """The macro `scd_snapshot`; its SQL goes straight to the database."""
        from dbt.context.providers import generate_runtime_macro_context
        from dbt_common.clients.jinja import CallableMacroGenerator

        if self.callable is None:
            package = "platform_macros"
            config = self.adapter.config
            macro = self.manifest.find_macro_by_name("scd_snapshot", config.project_name, package)
            assert macro is not None
            context = generate_runtime_macro_context(macro, config, self.manifest, package)
            context["adapter"] = Straight(context["adapter"], self.adapter.connections)
            self.callable = CallableMacroGenerator(macro, context)
        return self.callable

    def played(self, name: str, outcome: dict[str, Any]) -> Played:
        """What another connection sees after a run."""
        there = self.store.tables()
        runs = self.store.count(f"{name}__runs") if f"{name}__runs" in there else 0
        refusals = [each["name"] for each in outcome["refusals"]]
        dump = self.store.dump(name) if name in there else None
        return Played(refusals, outcome["counts"], runs, dump, None, outcome["refusals"])


STORES = {"duckdb": DuckDb, "postgres": PostgreSql}


class Straight:
    """What macros know as `adapter`; a statement goes to the database by the shortest way."""

    def __init__(self, wrapped: Any, connections: Any) -> None:
        self.wrapped = wrapped
        self.connections = connections

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wrapped, name)

    def execute(
        self, sql: str, auto_begin: bool = False, fetch: bool = False, limit: int | None = None
    ) -> tuple[None, Any]:
        """The rows as dbt's adapter gives them; nothing of dbt's answer but those."""
        assert limit is None
        connection = self.connections.get_thread_connection()
        if auto_begin and not connection.transaction_open:
            self.connections.begin()
        with self.connections.exception_handler(sql):
            cursor = connection.handle.cursor()
            cursor.execute(sql)
            if not fetch:
                return None, None
            rows = [Row(row) for row in cursor.fetchall()]
        if all(value is None or isinstance(value, str) for row in rows for value in row):
            return None, Rows(rows)
        names = [name for name, *_ in cursor.description]
        data = [dict(zip(names, row, strict=True)) for row in rows]
        return None, table_from_data_flat(data, names)


class Row(tuple[str | None, ...]):
    """A row of texts: dbt makes nothing else of these."""

    __slots__ = ()

    def values(self) -> Row:
        return self


@dataclass(frozen=True)
class Rows:
    """A table of texts, as far as macros look at it."""

    rows: list[Row]
