"""sqlfluff at work on one file that was rendered elsewhere. Imported only where there is one."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from sqlfluff.core import FluffConfig, Linter, SQLLexError, SQLParseError
from sqlfluff.core.config import clear_config_caches, load_config_file, load_config_string
from sqlfluff.core.dialects import dialect_selector
from sqlfluff.core.errors import SQLFluffUserError
from sqlfluff.core.linter import RenderedFile
from sqlfluff.core.rules import RulePack
from sqlfluff.core.templaters import RawFileSlice, TemplatedFile
from sqlfluff.core.templaters.base import TemplatedFileSlice

from platform_cli.errors import PlatformError, Where
from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.sql.kept import without_placeholders
from platform_cli.style.fault import Fault, Outcome, Task
from platform_cli.style.pieces import Walk, walk
from platform_cli.style.plain_names import with_plain_names

if TYPE_CHECKING:
    from sqlfluff.core.linter import LintedFile

# What it wants to tell a person on its own command line.
logging.getLogger("sqlfluff").addHandler(logging.NullHandler())

USUAL = """
[sqlfluff]
rules = layout, capitalisation, aliasing.table, aliasing.column, jinja.padding
max_line_length = 100
"""
"""The settings of a project that has none: layout, and no opinion about how SQL is written."""

LONGEST = 60_000
"""Characters of SQL, unless the project sets `large_file_skip_byte_limit`. sqlfluff takes a second
for every ten thousand, whatever stands in them, and five when it fixes."""
_DIALECTS = {"spark": "sparksql", "glue": "sparksql", "sqlserver": "tsql", "fabric": "tsql"}
_WHOLE_FILES = frozenset({"LT12", "LT13"})
"""About the first and last line of a file, which a part of one does not have."""
_OF_LAYOUT = frozenset({"LT", "CP", "JJ"})
"""What can be told of SQL with a guess in it; but for LT09, which counts columns."""
_LEAVES_THE_QUERY = _OF_LAYOUT | {"AL01", "AL02"}
"""Written out, an `as` says the same. LT05 is none: it moves comments to another line."""
_DIRECTIVE = re.compile(r"^\s*--\s*sqlfluff\s*:", re.MULTILINE)
_CRASH = "Unexpected exception"


class _Set:
    """The settings of a folder, and the rules that they switch on."""

    def __init__(self, config: FluffConfig, longest: int) -> None:
        self.config = config
        self.rules = Linter(config=config).get_rulepack()
        self.longest = longest
        self.reserved = frozenset(config.get("dialect_obj").sets("reserved_keywords"))


def lint(task: Task) -> Outcome:
    """What sqlfluff finds in the file, where a person wrote it.

    Raises PlatformError when it refuses the project's settings.
    """
    guessed = _guessed(task)
    linted = linted_file(task)
    if isinstance(linted, str):
        return guessed or Outcome(undecided=linted)
    lines, width = lines_before(task)
    faults: list[Fault] = []
    for one in linted.get_violations():
        line = one.line_no + lines
        column = one.line_pos + (width if one.line_no == 1 else 0)
        if isinstance(one, SQLParseError | SQLLexError):
            dialect = settings_of(task.files, task.adapter).config.get("dialect")
            said = f"sqlfluff cannot read it as {dialect}, from line {line}, column {column} on"
            return guessed or Outcome(undecided=said)
        if one.desc().startswith(_CRASH):
            return Outcome(undecided=f"sqlfluff's rule {one.rule_code()} fails on it")
        faults.append(
            Fault(one.rule_code(), one.rule_name(), one.desc(), line, column, one.fixable)
        )
    return replace(guessed or Outcome(), faults=tuple(faults))


def _guessed(task: Task) -> Outcome | None:
    """That only dbt can tell all of the SQL; None when there is no guess in it."""
    for one in task.rendered:
        if one.guessed:
            reason, line = one.guessed
            return Outcome(undecided=without_placeholders(reason), unrendered=True, line=line)
    return None


def linted_file(task: Task, *, fix: bool = False, layout: bool = False) -> LintedFile | str:
    """What sqlfluff makes of the file; in words why it makes nothing of it.

    With `layout`, only rules are asked that leave the query, and comments beside their words.

    Raises PlatformError when it refuses the project's settings.
    """
    settings = settings_of(task.files, task.adapter)
    longest = max(len(one.text) for one in task.rendered)
    if settings.longest and longest > settings.longest:
        return (
            f"it has {longest:,} characters, and sqlfluff is asked about {settings.longest:,}:"
            " `large_file_skip_byte_limit` in its settings allows more"
        )
    try:
        return _linted(task, settings, fix=fix, layout=layout)
    except Unknown as unknown:
        return unknown.reason
    except SQLFluffUserError as error:
        return f"sqlfluff refuses its settings in the file: {error}"
    except RecursionError:
        return "its SQL is nested too deeply"
    except Exception as error:  # noqa: BLE001  (its bugs are no reason to say nothing of the rest)
        return f"sqlfluff fails on it: {type(error).__name__}: {error}"


def _linted(task: Task, settings: _Set, *, fix: bool, layout: bool) -> LintedFile | str:
    plain = [with_plain_names(one, settings.reserved) for one in task.rendered]
    walks = [walk(one, task.start, task.stop) for one in plain]
    source, config, rules = walks[0].source, settings.config, settings.rules
    if _DIRECTIVE.search(source):
        config = config.copy()
        config.process_raw_file_for_config(source, task.path)
        rules = Linter(config=config).get_rulepack()
    if not task.is_whole:
        kept = [one for one in rules.rules if one.code not in _WHOLE_FILES]
        rules = RulePack(kept, rules.reference_map)
    if layout:
        kept = [
            one
            for one in rules.rules
            if {one.code, one.code[:2]} & _LEAVES_THE_QUERY and one.code != "LT05"
        ]
        rules = RulePack(kept, rules.reference_map)
    if any(one.guessed for one in task.rendered):
        kept = [one for one in rules.rules if one.code[:2] in _OF_LAYOUT and one.code != "LT09"]
        rules = RulePack(kept, rules.reference_map)
    files = [_templated(one, task.path) for one in walks]
    rendered = RenderedFile(files, [], config, {}, task.path, "utf-8", source)
    parsed = Linter.parse_rendered(rendered)
    if "parsing" not in config.get("ignore"):
        for other in parsed.parsed_variants[1:]:
            for error in other.violations():
                return f"sqlfluff cannot read its incremental SQL: {error.desc()}"
    return Linter.lint_parsed(parsed, rules, fix=fix)


@cache
def settings_of(files: tuple[tuple[str, str], ...], adapter: str) -> _Set:
    """The settings in these files (the last one wins), or ours where they say nothing.

    Raises PlatformError when sqlfluff refuses them.
    """
    try:
        configs: dict[str, Any] = {}
        for folder, name in files:
            configs = load_config_file(folder, name, configs=configs)
        if not configs:
            configs = load_config_string(USUAL)
        overrides: dict[str, Any] = {"templater": "jinja", "ignore_templated_areas": True}
        if not configs.get("core", {}).get("dialect"):
            overrides["dialect"] = _dialect_of(adapter)
        config = FluffConfig(configs=configs, ignore_local_config=True, overrides=overrides)
        longest = configs.get("core", {}).get("large_file_skip_byte_limit", LONGEST)
        return _Set(config, int(longest))
    except (SQLFluffUserError, KeyError, ValueError, OSError) as error:
        folder, name = files[-1] if files else ("", "")
        raise PlatformError(
            f"sqlfluff refuses the project's settings: {error}",
            where=Where(f"{folder}/{name}") if files else None,
            hint="mend them, or switch the rule off: `check: {rules: {style: off}}`",
        ) from error


def forget_settings() -> None:
    """Read the settings files anew the next time: they may have changed."""
    clear_config_caches()
    settings_of.cache_clear()


def _dialect_of(adapter: str) -> str:
    name = _DIALECTS.get(adapter, adapter)
    try:
        dialect_selector(name)  # a list of them would load them all: a second
    except KeyError:
        return "ansi"
    return name


def _templated(way: Walk, path: str) -> TemplatedFile:
    pieces = [
        RawFileSlice(way.source[one.start : one.end], one.kind, one.start, one.block, one.tag)
        for one in way.pieces
    ]
    steps = [
        TemplatedFileSlice(
            way.pieces[one.piece].kind,
            slice(way.pieces[one.piece].start, way.pieces[one.piece].end),
            slice(one.start, one.end),
        )
        for one in way.steps
    ]
    return TemplatedFile(way.source, path, way.text, steps, pieces)


def lines_before(task: Task) -> tuple[int, int]:
    """What comes before the part in its file: how many lines, and how much of the first one."""
    source = task.rendered[0].source
    before = source.rfind("\n", 0, task.start) + 1
    return source.count("\n", 0, task.start), task.start - before
