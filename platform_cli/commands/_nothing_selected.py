"""What to say when a selection, or a word of it, means nothing: dbt calls that a success."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.selection.expression import usual_method

if TYPE_CHECKING:
    from platform_cli.dbt_runner import Options, Parsed, RunResult

_COMPARES = re.compile(r"(?:^|[,\s+])(?:state|result|source_status):")
_WORD = re.compile(r"^(?:\d*\+|@)?(?P<name>.+?)(?:\+\d*)?$")
_UNMATCHED = re.compile(r"selection criterion '(?P<word>.+)' does not match any")
"""dbt's warning of a word that means nothing, while another one means something."""
_WILD = re.compile(r"[*?[]")
_WHAT = {
    "build": "node",
    "run": "model",
    "test": "test",
    "seed": "seed",
    "snapshot": "snapshot",
    "compile": "node",
}


def nothing_selected(command: str, result: RunResult, options: Options) -> None:
    """Say so on stderr when that is an answer; raise PlatformError when it is a slip.

    A comparison (`state:modified`) that finds nothing, or a project without seeds, is an answer.
    """
    what = _WHAT[command]
    if not (options.select or options.exclude or options.selector or options.resource_type):
        click.echo(f"nothing to do: the project has no {what}s", err=True)
        return
    if any(_COMPARES.search(word) for word in options.select):
        click.echo("nothing to do: nothing differs from the state", err=True)
        return
    hints = [
        _unknown(word, result.parsed) or _without(word, result.parsed, what)
        for word in _words(options.select)
        if result.parsed
    ]
    chosen = " ".join(options.select) or options.selector or "what was left over"
    raise PlatformError(
        f"nothing was selected: no {what} matches {chosen!r}",
        hint="\n".join(hint for hint in hints if hint)
        or "`dbt ls` with the same selection shows what it means",
    )


def with_near_names(result: RunResult) -> RunResult:
    """The same, its warnings of words that mean nothing with what was meant instead."""
    if not result.parsed:
        return result
    warnings = tuple(_with_near_names(text, result.parsed) for text in result.warnings)
    return replace(result, warnings=warnings)


def _with_near_names(warning: str, parsed: Parsed) -> str:
    if not (found := _UNMATCHED.search(warning)):
        return warning
    hints = [_unknown(word, parsed) for word in _words((found["word"],))]
    return ": ".join((warning, *filter(None, hints)))


def _words(select: tuple[str, ...]) -> list[str]:
    """The parts of a selection, without its operators: `+a+,tag:b c` gives a, tag:b and c."""
    parts = [part for word in select for part in re.split(r"[\s,]+", word) if part]
    return [found["name"] for part in parts if (found := _WORD.match(part))]


def _unknown(word: str, parsed: Parsed) -> str:
    """That nothing is called so, with near names; empty when something is, or nobody can tell."""
    method, _, value = word.rpartition(":")
    if _WILD.search(value):
        return ""
    method = method or usual_method(value)
    if method in {"fqn", "source"}:
        value, known = value.split(".")[-1], parsed.names()
    elif method in {"path", "file"}:
        value, known = value.rstrip("/"), parsed.paths()
    elif method == "tag":
        known = parsed.tags()
    else:
        return ""
    if value in known:
        return ""
    near = did_you_mean(value, known)
    what = f"the tag {value!r}" if method == "tag" else repr(value)
    return f"{what} does not exist" + (f"; {near}" if near else "")


def _without(word: str, parsed: Parsed, what: str) -> str:
    method, _, value = word.rpartition(":")
    name = value.split(".")[-1]
    if method not in {"", "fqn", "source"} or name not in parsed.names():
        return ""
    return f"{name!r} exists, but no {what} goes with it (is its file empty?)"
