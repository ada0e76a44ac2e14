"""A group whose commands are the files of a folder.

A command's file is imported when the command is called. For a page of help the first line and
the `Section:` line of its docstring are read from the text, because importing every command
would cost more than printing the page.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from platform_cli.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem


class CommandFiles(click.Group):
    """The files of `folder()` (package `package`) that do not begin with `_` are the commands."""

    package: str

    def folder(self) -> Path:
        """Where the files lie."""
        raise NotImplementedError

    def list_commands(self, ctx: click.Context) -> list[str]:
        files = self.folder().glob("[!_]*.py")
        return sorted(file.stem.replace("_", "-") for file in files)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = cmd_name.replace("-", "_")
        if cmd_name.startswith("_") or not (self.folder() / f"{module}.py").is_file():
            return None
        loaded = import_module(f"{self.package}.{module}")
        return cast("click.Command", getattr(loaded, module))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        # click suggests from the commands it has loaded, and here none is until it is called.
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise click.UsageError(
                suggesting(f"No such command {name!r}.", name, self.list_commands(ctx)), ctx
            )
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        # click's own imports every command for its help.
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=self.first_words(name)[0])
            for name in self.list_commands(ctx)
            if name.startswith(incomplete)
        ]
        return commands + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if rows := [(name, self.first_words(name)[0]) for name in self.list_commands(ctx)]:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def first_words(self, command: str) -> tuple[str, str]:
        """The one-line help and the section of a command, from its file's docstring."""
        source = (self.folder() / f"{command.replace('-', '_')}.py").read_text(encoding="utf-8")
        docstring = re.match(r'"""(?P<help>.+?)\s*(?:\n(?P<rest>.*?))?"""', source, re.DOTALL)
        if not docstring:
            return "", ""
        section = re.search(r"^Section: (.+)$", docstring["rest"] or "", re.MULTILINE)
        return docstring["help"], section[1] if section else ""


def suggesting(message: str, wrong: str, known: Iterable[str]) -> str:
    """The message, with the nearest right word when one is near."""
    hint = did_you_mean(wrong, known)
    return f"{message} {hint[:1].upper()}{hint[1:]}".strip()
