"""The promises of the house: what imports what, what is called how, and what comes with what."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "platform_cli"
MACROS = REPOSITORY / "macros"
RULES = PACKAGE / "conventions" / "rules"

LONGEST = 400
LONGER_FOR_A_REASON: dict[str, str] = {}
"""Path: why it is not two files."""

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "core", "common", "base", "manager"}
DOORS = {"dbt": "dbt_runner", "duckdb": "warehouse", "sqlfluff": "style"}


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """The files of the repository; what is not added to git is a person's own business."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", *patterns],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (REPOSITORY / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file() and not path.is_symlink()))


def named(paths: tuple[Path, ...] | list[Path]) -> list[str]:
    return [path.relative_to(REPOSITORY).as_posix() for path in paths]


def sources() -> list[str]:
    return named(tracked("platform_cli/*.py"))


def commands() -> list[str]:
    return sorted(path.stem for path in (PACKAGE / "commands").glob("[!_]*.py"))


def subcommands() -> list[str]:
    return sorted(path.stem for path in (PACKAGE / "commands/_snapshot").glob("[!_]*.py"))


def rules() -> list[str]:
    return sorted(path.stem for path in RULES.glob("[!_]*.py"))


def macros(*, public: bool) -> list[str]:
    """The package's macros: those for everybody lie in its first folders, their parts deeper."""
    every = [path for path in tracked("macros/*.sql") if "dbt_packages" not in path.parts]
    return named([p for p in every if (len(p.relative_to(REPOSITORY).parts) == 3) == public])


def test_imports_point_down_and_dbt_and_duckdb_have_one_door_each(capsys, monkeypatch):
    monkeypatch.chdir(REPOSITORY)
    code = lint_imports(config_filename=str(REPOSITORY / "pyproject.toml"), cache_dir=None)
    assert code == 0, capsys.readouterr().out


def imported(source: str) -> set[str]:
    """What a module imports, at the top, inside functions, and by a name in a string."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in {"import_module", "__import__"}:
                found |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
    return found


@pytest.mark.parametrize("module", sources())
def test_no_module_goes_around_the_doors(module):
    packages = {str(name).split(".")[0] for name in imported((REPOSITORY / module).read_text())}
    for package, door in DOORS.items():
        if package in packages:
            assert module.split("/")[1].removesuffix(".py") == door


def test_imports_by_a_string_are_seen():
    assert imported("import_module('dbt.cli')") == {"dbt.cli"}
    assert imported("def f():\n    from duckdb import connect") == {"duckdb"}


@pytest.mark.parametrize("command", commands())
class TestCommand:
    def test_has_help_with_an_example(self, command):
        text = (PACKAGE / "commands" / f"{command}.py").read_text()
        name = command.replace("_", "-")
        assert re.search(rf"Examples?:\n(.*\n)*? +platform( -C \S+)? {name}\b", text)

    def test_has_a_section_in_the_readme(self, command):
        name = command.replace("_", "-")
        assert f"\n## {name}\n" in (REPOSITORY / "README.md").read_text()

    def test_has_a_mirrored_test(self, command):
        assert (REPOSITORY / "tests" / "commands" / f"test_{command}.py").is_file()


@pytest.mark.parametrize("command", subcommands())
class TestSubcommand:
    def test_has_help_with_an_example(self, command):
        text = (PACKAGE / "commands" / "_snapshot" / f"{command}.py").read_text()
        name = command.replace("_", "-")
        assert re.search(rf"Examples?:\n(.*\n)*? +platform snapshot {name}\b", text)

    def test_has_a_section_in_the_readme(self, command):
        name = command.replace("_", "-")
        assert f"\n### snapshot {name}\n" in (REPOSITORY / "README.md").read_text()

    def test_has_a_mirrored_test(self, command):
        assert (REPOSITORY / "tests" / "commands" / "snapshot" / f"test_{command}.py").is_file()


@pytest.mark.parametrize("rule", rules())
class TestRule:
    def test_says_why_and_what_to_write(self, rule):
        tree = ast.parse((RULES / f"{rule}.py").read_text())
        (function,) = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        ]
        assert function.name == rule
        text = ast.get_docstring(function) or ""
        headings = re.findall(r"^## .+$", text, re.MULTILINE)
        assert headings[:3] == ["## Why", "## Instead of", "## Write"]

    def test_has_a_mirrored_test(self, rule):
        mirrored = REPOSITORY / "tests" / "conventions" / "rules" / f"test_{rule}.py"
        assert mirrored.is_file()


@pytest.mark.parametrize("macro", macros(public=True))
class TestMacro:
    def test_is_described_beside_it(self, macro):
        path = REPOSITORY / macro
        described = path.with_suffix(".yml").read_text()
        assert re.search(rf"name: (test_|default__)?{path.stem}\b", described)

    def test_has_a_unit_test(self, macro):
        name = Path(macro).stem
        tests = [path for path in tracked("tests/macros/*") if path.suffix in {".yml", ".sql"}]
        tests += tracked("tests/scd/*.py")
        said = "\n".join(path.read_text() + path.stem for path in tests)
        assert re.search(rf"(\b|test_){name}__\w+", said)


@pytest.mark.parametrize("macro", macros(public=False))
class TestPartOfAMacro:
    def test_says_what_it_is_for(self, macro):
        assert (REPOSITORY / macro).read_text().startswith("{#- ")

    def test_holds_what_its_name_says(self, macro):
        text = (REPOSITORY / macro).read_text()
        defined = re.findall(r"{%-? macro (\w+)", text)
        assert defined[0] == Path(macro).stem
        assert all(name.endswith(f"__{defined[0]}") for name in defined[1:])


@pytest.mark.parametrize("module", named(tracked("*.py")))
def test_no_file_is_long_without_a_reason(module):
    length = len((REPOSITORY / module).read_text().splitlines())
    assert length <= LONGEST or module in LONGER_FOR_A_REASON


def test_the_reasons_are_still_needed():
    for module in LONGER_FOR_A_REASON:
        assert len((REPOSITORY / module).read_text().splitlines()) > LONGEST


def test_names_say_what_is_inside():
    for path in tracked("platform_cli/*", "macros/*", "tests/*"):
        words = {path.stem, *path.relative_to(REPOSITORY).parts[:-1]}
        assert not words & FORBIDDEN_NAMES, path


def test_no_module_is_named_platform():
    assert not [path for path in tracked("*.py") if path.name == "platform.py"]


# Put together, so that this file does not hold them.
MACHINE_PATHS = re.compile(
    "|".join(("/wor" + "k/", "/tmp" + "/v/", "/ho" + r"me/\w+/", "/Use" + r"rs/\w+/"))
)
REGISTRIES = re.compile(
    "|".join((r"pypi\." + r"org/simple", "files." + "pythonhosted", "find-li" + "nks"))
)


def test_no_file_knows_a_machine_or_a_registry():
    for path in tracked():
        if path.suffix in {".parquet", ".duckdb", ".png"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for pattern in (MACHINE_PATHS, REGISTRIES):
            assert not pattern.search(text), path


def test_the_top_level_is_fixed():
    known = {
        ".ci", ".github", ".gitignore", ".pre-commit-config.yaml", ".pre-commit-hooks.yaml",
        "Makefile",
        "README.md",
        "dbt_project", "macros", "platform_cli", "pyproject.toml", "tests",
    }  # fmt: skip
    assert {name.split("/")[0] for name in named(tracked())} <= known
