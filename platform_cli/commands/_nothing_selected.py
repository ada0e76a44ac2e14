"""What to say when a selection means nothing: dbt calls that a success."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from platform_cli.errors import PlatformError, did_you_mean

if TYPE_CHECKING:
    from platform_cli.dbt_runner import Options, RunResult

_COMPARES = re.compile(r"(?:^|[,\s+])(?:state|result|source_status):")
_WORD = re.compile(r"^(?:\d*\+|@)?(?P<name>.+?)(?:\+\d*)?$")
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
    names = result.parsed.names() if result.parsed else ()
    hints = [_hint(word, names, what) for word in _words(options.select)]
    chosen = " ".join(options.select) or options.selector or "what was left over"
    raise PlatformError(
        f"nothing was selected: no {what} matches {chosen!r}",
        hint="\n".join(hint for hint in hints if hint)
        or "`dbt ls` with the same selection shows what it means",
    )


def _words(select: tuple[str, ...]) -> list[str]:
    """The parts of a selection, without its operators: `+a+,tag:b c` gives a, tag:b and c."""
    parts = [part for word in select for part in re.split(r"[\s,]+", word) if part]
    return [found["name"] for part in parts if (found := _WORD.match(part))]


def _hint(word: str, names: tuple[str, ...], what: str) -> str:
    method, _, value = word.rpartition(":")
    name = value.split(".")[-1] if method in {"", "fqn", "source"} else ""
    if not name:
        return ""
    if name in names:
        return f"{name!r} exists, but no {what} goes with it (is its file empty?)"
    near = did_you_mean(name, names)
    return f"{name!r} does not exist" + (f"; {near}" if near else "")
