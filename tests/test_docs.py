"""What the documents say is true: commands, options, targets, files."""

import re
import shlex
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from platform_cli.cli import COMMANDS, root

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (REPOSITORY / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = {"README.md": README, ".github/CONTRIBUTING.md": CONTRIBUTING} | {
    name: (REPOSITORY / name).read_text(encoding="utf-8") for name in ("platform_cli/README.md",)
}
COMMAND_NAMES = sorted(path.stem.replace("_", "-") for path in COMMANDS.glob("[!_]*.py"))
SUBCOMMANDS = sorted(
    path.stem.replace("_", "-") for path in (COMMANDS / "_snapshot").glob("[!_]*.py")
)


@cache
def help_of(*command: str) -> str:
    shown = CliRunner().invoke(root, [*command, "--help"], prog_name="platform")
    assert shown.exit_code == 0, shown.output
    return shown.output


def examples(text: str) -> list[str]:
    """The command lines in code blocks and help texts, without what the shell does with them."""
    lines = text.replace("\\\n", " ").splitlines()
    found = (line.strip() for line in lines)
    return [re.split(r" [>|] ", line)[0] for line in found if re.match(r"platform (-|[a-z])", line)]


def check_syntax(line: str) -> None:
    """Let click read the command line without running it; files it names need not be there."""
    words = shlex.split(line, comments=True)[1:]
    while words[0] == "-C":
        words = words[2:]
    command = root.get_command(click.Context(root), words[0])
    assert command is not None, line
    try:
        context = command.make_context(words[0], words[1:])
        if isinstance(command, click.Group) and context._protected_args:
            name, inner, rest = command.resolve_command(
                context, [*context._protected_args, *context.args]
            )
            assert inner is not None, line
            inner.make_context(name, rest, parent=context)
    except click.BadParameter as error:
        if not (error.param and isinstance(error.param.type, click.Path)):
            raise


def test_the_readme_leads_with_the_two_commands():
    first = re.search(r"```\n(.*?)```", README, re.DOTALL)
    assert first[1] == "make demo\nmake test\n"


@pytest.mark.parametrize("command", COMMAND_NAMES)
class TestCommand:
    def test_the_examples_of_its_readme_section_are_valid(self, command):
        section = README.split(f"\n## {command}\n")[1].split("\n## ")[0]
        mine = [line for line in examples(section) if f" {command}" in line]
        assert mine
        for line in mine:
            check_syntax(line)

    def test_the_examples_of_its_help_are_valid(self, command):
        text = help_of(command).split("Examples:")[1].split("Options:")[0]
        assert examples(text)
        for line in examples(text):
            check_syntax(line)


@pytest.mark.parametrize("command", SUBCOMMANDS)
class TestSubcommand:
    def test_the_examples_of_its_readme_section_are_valid(self, command):
        section = re.split(r"\n###? ", README.split(f"\n### snapshot {command}\n")[1])[0]
        mine = [line for line in examples(section) if f" snapshot {command}" in line]
        assert mine
        for line in mine:
            check_syntax(line)

    def test_the_examples_of_its_help_are_valid(self, command):
        text = help_of("snapshot", command).split("Examples:")[1].split("Options:")[0]
        assert examples(text)
        for line in examples(text):
            check_syntax(line)


@pytest.mark.parametrize("page", PAGES)
class TestPage:
    def test_named_targets_exist(self, page):
        makefile = (REPOSITORY / "Makefile").read_text()
        for target in re.findall(r"`make ([a-z-]+)", PAGES[page]):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target

    def test_links_lead_somewhere(self, page):
        folder = (REPOSITORY / page).parent
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGES[page]):
            if "://" not in link:
                assert (folder / link).exists(), link


def test_every_target_has_a_line_of_help():
    makefile = (REPOSITORY / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.*  ## \w", makefile, re.MULTILINE))
    assert targets == explained


def test_every_environment_variable_of_ours_is_named_alike_and_documented():
    given = {
        option.envvar
        for name in COMMAND_NAMES
        if (command := root.get_command(click.Context(root), name))
        for option in command.params
        if isinstance(option, click.Option) and option.envvar
    }
    assert given == {"PLATFORM_CLI_WAIT"}
    assert all(f"| `{name}` |" in README for name in given)
    assert "PLATFORM_CLI_WAIT" in help_of("build")
