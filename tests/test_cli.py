"""The root command: start-up, help, completion, colours, errors and exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from platform_cli import __version__
from platform_cli.cli import COMMANDS, SECTIONS, root

REPOSITORY = Path(__file__).parent.parent
HEAVY = {"dbt", "duckdb", "jinja2", "yaml", "rich", "pydantic", "sqlglot", "networkx"}
PROGRAM = """
import sys
import platform_cli.cli as cli, platform_cli.commands as commands
from pathlib import Path
cli.COMMANDS = Path(sys.argv[1]); commands.__path__.append(sys.argv[1])
cli.main(sys.argv[2:])
"""
COMMAND = '''"""A command of the tests.

Section: Look
"""
import sys
import click
from platform_cli.errors import PlatformError, Where

@click.command()
@click.argument("what")
def act(what):
    """Act."""
    if what == "bug":
        raise ValueError("surprise")
    if what == "disk":
        raise OSError(28, "No space left on device", "target/x")
    if what == "interrupt":
        raise KeyboardInterrupt
    if what == "wrong":
        raise PlatformError("no model", hint="do this", where=Where("a.sql", 3, 4))
    if what == "findings":
        return 1
    click.echo("x" * 200_000)
'''


def start(*command: str, cwd: Path = REPOSITORY, **environment: str):
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"NO_COLOR", "FORCE_COLOR", "PYTHONSAFEPATH"}
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def platform(*arguments: str, **environment: str):
    return start("-P", "-m", "platform_cli", *arguments, **environment)


@pytest.fixture
def act(tmp_path):
    """Start the CLI with one more command, `act`, which does what it is told."""
    folder = tmp_path / "commands"
    folder.mkdir()
    (folder / "act.py").write_text(COMMAND)

    def run(*arguments: str, **environment: str):
        program = ("-P", "-c", PROGRAM, str(folder))
        return start(*program, *arguments, **{"TMPDIR": str(tmp_path), **environment})

    return run


def test_help_shows_every_command_under_a_section():
    shown = platform("--help")
    assert shown.returncode == 0
    assert shown.stderr == ""
    for file in COMMANDS.glob("[!_]*.py"):
        command = file.stem.replace("_", "-")
        text, section = root.first_words(command)
        assert section in SECTIONS, command
        assert f"\n  {command} " in shown.stdout
        assert text.split()[0] in shown.stdout


def test_help_has_a_short_name_and_is_shown_without_arguments():
    assert platform("-h").stdout == platform("--help").stdout
    bare = platform()
    assert (bare.returncode, bare.stderr) == (2, platform("--help").stdout)


def test_the_version_is_that_of_the_package():
    assert platform("--version").stdout == f"platform {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--help"], {}),
        (["--version"], {}),
        (["chek"], {}),
        (
            [],
            {"_PLATFORM_COMPLETE": "bash_complete", "COMP_WORDS": "platform c", "COMP_CWORD": "1"},
        ),
    ],
)
def test_saying_what_there_is_loads_nothing_heavy_and_no_command(arguments, environment):
    program = f"""
import atexit, sys
def say():
    commands = [name for name in sys.modules if name.startswith("platform_cli.commands.")]
    print(*sorted({HEAVY!r} & set(sys.modules)), *commands, file=sys.stderr)
atexit.register(say)
from platform_cli.cli import main
main({arguments!r})
"""
    ran = start("-P", "-c", program, **environment)
    assert ran.stderr.splitlines()[-1].split() == [
        "platform_cli.commands._files",
        "platform_cli.commands._session",
    ]


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (["run", "-q"], "-q stands before the command: platform -q run"),
        (["snapshot", "test", "-v"], "-v stands before the command: platform -v snapshot test"),
        (["completio"], "No such command 'completio'. Did you mean 'completion'"),
        (["--hlep"], "Did you mean '--help'?"),
        (["--color", "alwys"], "is not one of 'auto', 'always', 'never'. Did you mean 'always'?"),
        (["completion", "zhs"], "Did you mean 'zsh'?"),
        (["completion", "--hlp"], "Did you mean '--help'?"),
    ],
)
def test_a_mistyped_word_gets_the_nearest_right_one(arguments, suggestion):
    ran = platform(*arguments)
    assert ran.returncode == 2
    assert suggestion in ran.stderr
    assert ran.stdout == ""


def test_a_word_that_is_near_nothing_gets_no_suggestion():
    assert platform("xyzzy").stderr.endswith("No such command 'xyzzy'.\n")


def test_completion_knows_commands_options_and_values():
    def completed(words: str, word: int) -> str:
        return platform(
            _PLATFORM_COMPLETE="zsh_complete", COMP_WORDS=words, COMP_CWORD=str(word)
        ).stdout

    assert "completion" in completed("platform comp", 1).splitlines()
    assert "--version" in completed("platform --v", 1)
    assert "fish" in completed("platform completion f", 2)


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("nothing", 0, ""),
        ("findings", 1, ""),
        ("wrong", 2, "error: no model\n  --> a.sql:3:4\n  help: do this\n"),
        ("disk", 3, "error: No space left on device: target/x"),
        ("bug", 3, "error: the platform failed: ValueError: surprise"),
        ("interrupt", 130, "interrupted"),
    ],
)
def test_each_end_has_its_exit_code(act, what, code, said):
    ran = act("act", what)
    assert ran.returncode == code
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_bug_leaves_a_log_with_the_traceback(act):
    said = act("act", "bug").stderr
    log = next(line for line in said.splitlines() if "log: " in line).split("log: ")[1]
    assert 'raise ValueError("surprise")' in Path(log).read_text()
    assert f"platform {__version__}" in said


RED = "\x1b[31m"


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "", "NO_COLOR": ""}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_follow_the_option_and_the_environment(act, options, environment, coloured):
    assert (RED in act(*options, "act", "wrong", **environment).stderr) is coloured


@pytest.mark.parametrize("what", [["--help"], ["act", "much"]])
def test_a_reader_that_goes_away_is_no_failure(act, tmp_path, what):
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, str(tmp_path / "commands"), *what],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        check=False,
    )
    os.close(write)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_full_disk_behind_the_output_is_said(act, tmp_path):
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-P", "-c", PROGRAM, str(tmp_path / "commands"), "act", "much"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            check=False,
        )
    assert ran.returncode == 3
    assert ran.stderr.startswith("error: No space left on device\n  help: the disk is full")
    assert "Exception ignored" not in ran.stderr


def test_files_in_the_current_folder_are_not_taken_for_modules(tmp_path):
    for name in ("platform", "click", "re", "msgspec"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong file was imported')")
    environment = {"PYTHONSAFEPATH": ""}
    ran = start("-m", "platform_cli", "--version", cwd=tmp_path, **environment)
    assert (ran.returncode, ran.stdout) == (0, f"platform {__version__}\n")
