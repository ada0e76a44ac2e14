"""What is measured. The goals are those of the design.

Its seconds come with what dbt took on that machine: 20 s for a cold `dbt parse` of 1,000 models,
7 s for a warm one, 7-8 s for `dbt show`. Here they are a part of dbt's time, which holds anywhere.
"""

import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.benchmarks.benchmark import Benchmark, Goal
from tests.benchmarks.commands import QUIET, dbt, platform
from tests.benchmarks.measure import Command
from tests.benchmarks.plain_project import plain_project
from tests.benchmarks.projects import empty, example_project, generated_project
from tests.benchmarks.twenty_checks import twenty_checks

# The collector is off, as in every command (platform_cli/cli.py).
_READ = (
    "import gc, sys; gc.disable(); from pathlib import Path; "
    "from platform_cli.project.project import Project; "
    "assert len(Project.load(Path(sys.argv[1])).resources) > 100"
)


def _read(project: Path, **more: object) -> Command:
    return Command((sys.executable, "-P", "-c", _READ, str(project)), project, QUIET, **more)


def _version(folder: Path) -> tuple[Command, ...]:
    return platform(folder, "--version"), dbt(folder, "--version")


def _help(folder: Path) -> tuple[Command, ...]:
    return platform(folder, "--help"), dbt(folder, "--help")


def _completion(folder: Path) -> tuple[Command, ...]:
    asked = {"_PLATFORM_COMPLETE": "bash_complete", "COMP_WORDS": "platform c", "COMP_CWORD": "1"}
    ours = Command((sys.executable, "-P", "-m", "platform_cli"), folder, {**QUIET, **asked})
    return ours, dbt(folder, "--version")


def _read_plain(folder: Path, models: int) -> tuple[Command, ...]:
    mine, its = plain_project(folder / "ours", models), plain_project(folder / "dbt", models)
    return (
        _read(mine, prepare=partial(_forget, mine)),
        dbt(its, "parse", prepare=partial(_forget, its)),
    )


def _read_cold(folder: Path, models: int, compare: bool = True) -> tuple[Command, ...]:
    mine = generated_project(folder / "ours", models)
    ours = _read(mine, prepare=partial(_forget, mine))
    if not compare:
        return (ours,)
    its = generated_project(folder / "dbt", models)
    return ours, dbt(its, "parse", prepare=partial(_forget, its))


def _read_warm(folder: Path, models: int, compare: bool = True) -> tuple[Command, ...]:
    ours = _read(generated_project(folder / "ours", models))
    if not compare:
        return (ours,)
    return ours, dbt(generated_project(folder / "dbt", models), "parse")


def _read_both(read: Callable[..., tuple[Command, ...]], folder: Path) -> tuple[Command, ...]:
    (many,) = read(folder / "many", 10_000, False)
    (few,) = read(folder / "few", 1000, False)
    return many, few


def _check(folder: Path, models: int) -> tuple[Command, ...]:
    mine = generated_project(folder / "ours", models)
    its = generated_project(folder / "dbt", models)
    # A check from a manifest begins with dbt's parse, so that is the least it can cost.
    return platform(mine, "check", accepted=(0, 1), says="resources"), dbt(its, "parse")


def _check_cold(folder: Path, models: int) -> tuple[Command, ...]:
    mine = generated_project(folder / "ours", models)
    its = generated_project(folder / "dbt", models)
    forget = partial(_forget, mine)
    ours = platform(mine, "check", accepted=(0, 1), says="resources", prepare=forget)
    return ours, dbt(its, "parse", prepare=partial(_forget, its))


def _check_edited(folder: Path, models: int) -> tuple[Command, ...]:
    mine = generated_project(folder / "ours", models)
    its = generated_project(folder / "dbt", models)
    edit = partial(_edit, mine)
    ours = platform(mine, "check", accepted=(0, 1), says="resources", prepare=edit)
    return ours, dbt(its, "parse", prepare=partial(_edit, its))


def _style(folder: Path, models: int, edited: int) -> tuple[Command, ...]:
    mine, its = (plain_project(folder / name, models) for name in ("styled", "plain"))
    styled, plain = (
        platform(
            project, "check", option, accepted=(0, 1), says="resources",
            prepare=partial(_edit, project, edited),
        )
        for project, option in ((mine, "--style"), (its, "--no-style"))
    )  # fmt: skip
    return styled, plain


def _sql_checks(folder: Path, models: int) -> tuple[Command, ...]:
    mine, its = (plain_project(folder / name, models) for name in ("checked", "plain"))
    twenty_checks(mine)
    # With nothing edited, nothing is looked at again.
    checked, plain = (
        platform(
            project, "check", "--no-style", accepted=(0, 1), says="resources",
            prepare=partial(_edit, project),
        )
        for project in (mine, its)
    )  # fmt: skip
    return checked, plain


def _edit(project: Path, files: int = 1) -> None:
    """Write a line more into some models."""
    for file in sorted((project / "models" / "marts").rglob("*.sql"))[:files]:
        file.write_text(file.read_text(encoding="utf-8") + "-- edited\n", encoding="utf-8")


def _one_model(project: Path) -> str:
    return min(path.stem for path in (project / "models" / "staging").rglob("stg_*.sql"))


def _preview(folder: Path, models: int) -> tuple[Command, ...]:
    mine = generated_project(folder / "ours", models, tables=True)
    its = generated_project(folder / "dbt", models, tables=True)
    name = _one_model(mine)
    # Without `empty`, `dbt show` runs the model's tests as well.
    show = ("show", "--select", name, "--indirect-selection", "empty")
    return platform(mine, "preview", name), dbt(its, *show)


def _compile(folder: Path, models: int) -> tuple[Command, ...]:
    mine = generated_project(folder / "ours", models, tables=True)
    its = generated_project(folder / "dbt", models, tables=True)
    words = ("compile", "--select", _one_model(mine))
    return platform(mine, *words), dbt(its, *words)


def _build_generated(folder: Path, models: int) -> tuple[Command, ...]:
    mine = generated_project(folder / "ours", models, tables=True)
    its = generated_project(folder / "dbt", models, tables=True)
    return platform(mine, "build", "--no-check"), dbt(its, "build")


def _build(folder: Path, warm: bool, *words: str) -> tuple[Command, ...]:
    mine, its = example_project(folder / "ours"), example_project(folder / "dbt")
    if warm:
        return platform(mine, "build"), dbt(its, "build")
    return (
        platform(mine, "build", *words, prepare=partial(empty, mine)),
        dbt(its, "build", prepare=partial(empty, its)),
    )


def _forget(project: Path) -> None:
    """Take away what dbt and the platform remember; both keep it under target/."""
    shutil.rmtree(project / "target", ignore_errors=True)


def _of(
    function: Callable[..., tuple[Command, ...]], *given: object
) -> Callable[[Path], tuple[Command, ...]]:
    return lambda folder: function(folder, *given)


BENCHMARKS = (
    Benchmark("`--help`, against `dbt --help`", _help, Goal(seconds=0.15), runs=9),
    Benchmark("`--version`, against `dbt --version`", _version, Goal(seconds=0.15), runs=9),
    Benchmark("completion, against `dbt --version`", _completion, Goal(seconds=0.15), runs=9),
    Benchmark(
        "read 1,000 plain models, cold, against `dbt parse`",
        _of(_read_plain, 1000), Goal(ratio=0.6 / 20), "project", 3,
    ),
    Benchmark(
        "read 1,000 models that use everything, cold, against `dbt parse`",
        _of(_read_cold, 1000), Goal(ratio=0.6 / 20), "project", 3,
    ),
    Benchmark(
        "read 1,000 models that use everything, warm, against `dbt parse`",
        _of(_read_warm, 1000), Goal(ratio=0.15 / 7), "project",
    ),
    Benchmark(
        "read 10,000 models, cold, against ours of 1,000",
        partial(_read_both, _read_cold), Goal(ratio=10, than="1,000 models"), "project", 3,
    ),
    Benchmark(
        "read 10,000 models, warm, against ours of 1,000",
        partial(_read_both, _read_warm), Goal(ratio=10, than="1,000 models"), "project", 3,
    ),
    Benchmark(
        "`check` on 1,000 models, warm, against `dbt parse`",
        _of(_check, 1000), Goal(ratio=0.2 / 7), "check",
    ),
    Benchmark(
        "`check` on 1,000 models, cold, against `dbt parse`",
        _of(_check_cold, 1000), Goal(ratio=4.8 / 20.9), "check", 3,
    ),
    Benchmark(
        "`check` on 1,000 models, one edited, against `dbt parse`",
        _of(_check_edited, 1000), Goal(ratio=0.5 / 7.5), "check", 3,
    ),
    Benchmark(
        "`check` with 20 SQL checks on 1,000 models, one edited, against without",
        _of(_sql_checks, 1000), Goal(more=0.2, than="without"), "check", 5,
    ),
    Benchmark(
        "`check --style` on 1,000 models, warm, against without",
        _of(_style, 1000, 0), Goal(ratio=1.5, than="without"), "check", 3,
    ),
    Benchmark(
        "`check --style` on 1,000 models, five edited, against without",
        _of(_style, 1000, 5), Goal(seconds=2.9), "check", 3,
    ),
    Benchmark(
        "`preview` of one of 500 models, against `dbt show`",
        _of(_preview, 500), Goal(ratio=0.5 / 7.5), "preview", 3,
    ),
    Benchmark(
        "`compile` of one of 500 models, against `dbt compile`",
        _of(_compile, 500), Goal(ratio=0.5), "compile", 3,
    ),
    Benchmark(
        "`build --no-check` of the example from nothing, against `dbt build`",
        _of(_build, False, "--no-check"), Goal(ratio=0.9), "build", 3,
    ),
    Benchmark(
        "`build` of the example from nothing, its conventions checked first, against `dbt build`",
        _of(_build, False), Goal(ratio=1), "build", 3,
    ),
    Benchmark(
        "`build` of the example again, against `dbt build`",
        _of(_build, True), Goal(ratio=0.9), "build", 3,
    ),
    Benchmark(
        "`build --no-check` of 300 generated models, against `dbt build`",
        _of(_build_generated, 300), Goal(ratio=0.9), "build", 3,
    ),
)  # fmt: skip
