"""dbt's usual options and our output formats, defined once for the commands that have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from platform_cli.errors import PlatformError

if TYPE_CHECKING:
    from platform_cli.commands._session import Session
    from platform_cli.dbt_runner import Options

_Command = TypeVar("_Command", bound=Callable[..., Any])

# Whether it exists is asked in `to_options`: relative to -C, which click knows nothing of.
_FOLDER = click.Path(file_okay=False, path_type=Path)
_RESOURCES = (
    "model",
    "seed",
    "snapshot",
    "test",
    "unit_test",
    "exposure",
    "saved_query",
    "function",
)

_SELECTION = (
    click.option(
        "-s", "--select", multiple=True, metavar="WORD", help="Only these nodes, in dbt's syntax."
    ),
    click.option("--exclude", multiple=True, metavar="WORD", help="Not these nodes."),
    click.option("--selector", metavar="NAME", help="A selector of selectors.yml."),
    click.option(
        "--indirect-selection",
        type=click.Choice(["eager", "cautious", "buildable", "empty"]),
        help="Which tests come with the selected nodes.",
    ),
)
_PLACE = (
    click.option("-t", "--target", metavar="NAME", help="The target of profiles.yml."),
    click.option("--profile", metavar="NAME", help="The profile, if not the project's."),
    click.option("--profiles-dir", type=_FOLDER, help="Where profiles.yml lies."),
    click.option(
        "--target-path",
        type=_FOLDER,
        help="Where dbt writes its artifacts.",
    ),
    click.option("--vars", "vars_", metavar="YAML", help="Variables, as in '{name: value}'."),
    click.option("--threads", type=click.IntRange(min=1), help="Nodes at the same time."),
    click.option(
        "--wait",
        type=click.FloatRange(min=0),
        default=60,
        show_default=True,
        envvar="PLATFORM_CLI_WAIT",
        show_envvar=True,
        metavar="SECONDS",
        help="How long to wait at most for another process in the database or target folder.",
    ),
)
_STATE = (
    click.option("--state", type=_FOLDER, help="The target folder of an earlier run."),
    click.option("--defer/--no-defer", default=None, help="Refer to that run's relations."),
    click.option("--defer-state", type=_FOLDER, help="Another folder for deferral only."),
    click.option(
        "--favor-state/--no-favor-state",
        default=None,
        help="Even if the relation exists in this target.",
    ),
)
_RUN = (
    click.option(
        "-x", "--fail-fast/--no-fail-fast", default=None, help="Stop at the first failure."
    ),
    click.option("--warn-error", is_flag=True, default=None, help="Warnings are errors."),
    click.option(
        "--warn-error-options", metavar="YAML", help="Which warnings are errors, in dbt's syntax."
    ),
    click.option(
        "--version-check/--no-version-check",
        default=None,
        help="Heed require-dbt-version of the project.",
    ),
)
OUTPUT_FORMAT = click.option(
    "--output-format",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="github: annotations on a pull request.",
)
_EXTRA = {
    "full_refresh": click.option(
        "-f",
        "--full-refresh",
        is_flag=True,
        default=None,
        help="Rebuild incremental models and seeds from scratch.",
    ),
    "empty": click.option(
        "--empty/--no-empty", default=None, help="Read no rows: only try the SQL."
    ),
    "sample": click.option("--sample", metavar="SPEC", help="Read a sample, as in '3 days'."),
    "event_time": click.option(
        "--event-time-start", metavar="TIME", help="First time of a microbatch run."
    ),
    "event_time_end": click.option(
        "--event-time-end", metavar="TIME", help="End of a microbatch run, exclusive."
    ),
    "store_failures": click.option(
        "--store-failures", is_flag=True, default=None, help="Keep failing rows in tables."
    ),
    "resource_type": click.option(
        "--resource-type",
        multiple=True,
        type=click.Choice(_RESOURCES),
        metavar="TYPE",
        help=f"Only resources of this type: {', '.join(_RESOURCES)}.",
    ),
    "exclude_resource_type": click.option(
        "--exclude-resource-type",
        multiple=True,
        type=click.Choice(_RESOURCES),
        metavar="TYPE",
        help="No resources of this type.",
    ),
    "introspect": click.option(
        "--introspect/--no-introspect",
        default=None,
        help="Whether compiling may query the database.",
    ),
    "inline": click.option("--inline", metavar="SQL", help="This SQL instead of a model's."),
}


_SEVERAL = frozenset({"-s", "--select", "--exclude", "--resource-type", "--exclude-resource-type"})


class DbtCommand(click.Command):
    """A command that, like dbt, takes several words after one `--select`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """click's own, after `--select a b` has become `--select a --select b`."""
        return super().parse_args(ctx, _spread(args, frozenset()))


class DbtGroup(click.Group):
    """The same for a command with sub-commands; a sub-command's name ends the words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """click's own, after `--select a b` has become `--select a --select b`."""
        return super().parse_args(ctx, _spread(args, frozenset(self.list_commands(ctx))))


def _spread(args: list[str], ends: frozenset[str]) -> list[str]:
    spread: list[str] = []
    taking = ""
    for word in args:
        if word.startswith("-"):
            taking = word if word in _SEVERAL else ""
        elif word in ends and (not spread or spread[-1] != taking):
            taking = ""
        elif taking and spread[-1] != taking:
            spread.append(taking)
        spread.append(word)
    return spread


def dbt_options(*extra: str) -> Callable[[_Command], _Command]:
    """Selection, target, state and output; `extra` names what only some commands have."""

    def decorate(command: _Command) -> _Command:
        chosen = (
            *_SELECTION,
            *(_EXTRA[name] for name in extra),
            *_PLACE,
            *_STATE,
            *_RUN,
            OUTPUT_FORMAT,
        )
        for option in reversed(chosen):
            command = option(command)
        return command

    return decorate


def to_options(given: dict[str, Any], session: Session) -> Options:
    """What the user gave, for `dbt_runner`. dbt's log file is written from `-vv` on.

    Raises PlatformError when a folder that should be read does not exist.
    """
    from platform_cli.dbt_runner import Options

    asked = {name.rstrip("_"): value for name, value in given.items() if name not in _OURS}
    for name in _FOLDERS:
        if asked.get(name) is None:
            continue
        asked[name] = session.directory / asked[name]
        if name != "target_path" and not asked[name].is_dir():
            raise PlatformError(
                f"--{name.replace('_', '-')}: there is no folder {asked[name]}",
                hint="`--state` and `--defer-state` take the target folder of an earlier run"
                if "state" in name
                else "it is the folder that holds profiles.yml",
            )
    return Options(**asked, log_file=session.verbosity > 1)


_OURS = frozenset({"allow", "output_format", "run_at"})
_FOLDERS = ("profiles_dir", "target_path", "state", "defer_state")
