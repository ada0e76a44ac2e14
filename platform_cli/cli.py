"""The root group: the files of `commands/` are the commands."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from platform_cli import __version__
from platform_cli.commands._files import CommandFiles, suggesting
from platform_cli.commands._session import Session
from platform_cli.errors import ExitCode, PlatformError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = Path(__file__).parent / "commands"
SECTIONS = ("Write", "Check", "Build", "Look", "Set up")


class Commands(CommandFiles):
    """The files of `commands/`, shown under their sections."""

    package = "platform_cli.commands"

    def folder(self) -> Path:
        return COMMANDS

    def invoke(self, ctx: click.Context) -> Any:
        # Here and not in `run`, because only inside the context is it known if colour is wanted.
        try:
            return super().invoke(ctx)
        except PlatformError as error:
            from platform_cli.reporting.diagnostic import from_error, render

            click.echo(render(from_error(error)), err=True)
            return error.exit_code

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, *self.first_words(name)) for name in self.list_commands(ctx)]
        for section in SECTIONS:
            if chosen := [(name, text) for name, text, its in rows if its == section]:
                with formatter.section(section):
                    formatter.write_dl(chosen)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="platform", message="%(prog)s %(version)s")
@click.option(
    "-C",
    "directory",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Work as if started in this folder.",
)
@click.option("-v", "--verbose", count=True, help="Say more.")
@click.option("-q", "--quiet", count=True, help="Say less: only results and errors.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colours in the output. NO_COLOR and FORCE_COLOR are honoured.",
)
@click.pass_context
def root(ctx: click.Context, directory: Path, verbose: int, quiet: int, color: str) -> None:
    """Scaffold, check, build and keep the history of dbt models.

    \b
    Examples:
      platform new-model fct_departures --from ref:fct_flights --owner network_planning
      platform check
      platform build --select fct_departures+
    """
    ctx.color = _wants_color(color)
    ctx.obj = Session(directory=directory.resolve(), verbosity=verbose - quiet)


def _wants_color(choice: str) -> bool | None:
    """True or False when somebody decided; None leaves it to click, which asks the terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    # A command lives for a fraction of a second; collecting its garbage costs a third of it.
    gc.disable()
    _leave(run(arguments))


def _leave(code: int) -> NoReturn:
    """End without taking everything apart: for a project of a thousand models that costs a tenth
    of a check, for dbt as much as a small command; and as DuckDB's objects outlive Python's, it
    prints pages of complaints about leaks.
    """
    atexit._run_exitfuncs()  # noqa: SLF001  (os._exit does not, and locks must be let go)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the one place where an error becomes a message and an exit code."""
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone (`platform ... | head`): that is no failure.
        _drop_output()
        return ExitCode.OK
    except OSError as error:
        _drop_output()
        return _crash(error)
    return code


def _run(arguments: list[str]) -> int:
    name = "pf" if Path(sys.argv[0]).name == "pf" else "platform"
    if f"_{name.upper()}_COMPLETE" in os.environ:
        root.main(arguments, prog_name=name)
    try:
        # `root.main` would exit 1 when the reader of a pipe goes away.
        with root.make_context(name, arguments) as ctx:
            result = root.invoke(ctx)
    except click.ClickException as error:
        _with_choice(error).show()
        return error.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\ninterrupted: nothing was left half-written", err=True)
        click.echo("next: the same command again", err=True)
        return ExitCode.INTERRUPTED
    except (OSError, SystemExit):
        raise
    except BaseException as error:
        # Not only an Exception: the reader's Unknown is none, so that no filter swallows it.
        return _crash(error)
    return result if isinstance(result, int) else ExitCode.OK


def _with_choice(error: click.ClickException) -> click.ClickException:
    """click's message about a wrong value or a misplaced option, with the right one."""
    if isinstance(error, click.NoSuchOption) and error.ctx is not None:
        option, command = error.option_name, error.ctx.command_path
        if error.ctx.parent and any(option in one.opts for one in root.params):
            first, _, rest = command.partition(" ")
            message = f"{option} stands before the command: {first} {option} {rest}"
            return click.UsageError(message, error.ctx)
        if re.fullmatch(r"-\d+", option):
            message = (
                f"{option} is no option; what begins with - goes last: {command} ... -- {option}"
            )
            return click.UsageError(message, error.ctx)
    if isinstance(error, click.BadParameter) and error.param is not None:
        choice, wrong = error.param.type, re.match("'(.+)' is not one of ", error.message)
        if isinstance(choice, click.Choice) and wrong:
            message = suggesting(error.message, wrong[1], map(str, choice.choices))
            return click.BadParameter(message, error.ctx, error.param, error.param_hint)
    return error


def _crash(error: BaseException) -> int:
    from platform_cli.reporting.crash import report

    click.echo(report(error), err=True)
    return ExitCode.ENVIRONMENT


def _drop_output() -> None:
    """Let nothing that is still in the buffer be written, and fail, when Python ends."""
    # Without a file descriptor (closed, or a text buffer) there is nothing to drop.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
