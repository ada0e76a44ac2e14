"""For how many columns of public projects it is known what they are made of.

`python -P -m tests.differential.public_lineage DIR [--only NAME ...] [--git URL]`: checks out each
project of public_projects.toml with its packages in DIR, unless it is there, and prints the tables
for RESULTS.md. `{}` in the URL stands for `owner/name`. The macros of the adapters must be
importable: `pip install --no-deps --target ADAPTERS dbt-snowflake==...` and PYTHONPATH=ADAPTERS;
none of them is run, and no database is asked.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import msgspec

from tests.differential.column_coverage import Coverage

_PROJECTS = Path(__file__).with_name("public_projects.toml")
_ROOT = Path(__file__).parents[2]
_TITLES = [
    "project",
    "models",
    "columns",
    "known",
    "share",
    "texts read",
    "of texts read",
    "listed",
    "CPU s",
]
_HEAD = f"| {' | '.join(_TITLES)} |\n|---{'|---:' * (len(_TITLES) - 1)}|"
_KINDS = (
    (r"may be of .*", "a name that one of several relations may have"),
    (r"nothing that is read has a column .*", "a name that nothing has"),
    (r"(?<=: )\S+ has no column .*", "a name that its relation does not have"),
    (r"(ref|source)\(.*\) is not among .*", "a parent that is not there"),
    (r"(?<=: )whether \S+ exists .*", "whether a table exists is up to the database"),
    (r"(?<=: )the columns of (?!the function|a pivot).*", "the columns of a parent are not known"),
    (r"its SQL is not understood as that of (\w+).*", r"SQL of \1 that is not understood"),
    (r"(?<=: ).* YAML does not list", "a source may have columns that its YAML does not list"),
)


class Public(msgspec.Struct):
    """A project in public_projects.toml, which says what the fields are."""

    name: str
    repository: str
    commit: str
    folder: str = "."
    target: str = ""
    vars: str = ""
    profiles_dir: str = ""
    profile: str = ""
    counted: str = ""
    packages: dict[str, str] = {}
    local: dict[str, str] = {}
    variables: dict[str, str] = {}


class Checkouts:
    """Working trees of repositories in a folder, each at one commit or tag."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        self._url = url

    def project(self, public: Public) -> Path:
        """The folder of a project, with its packages and a profile."""
        tree = self._tree(public.repository, public.commit)
        root = tree / public.folder
        installed = root / "dbt_packages"
        for name, wanted in public.packages.items():
            package = self._tree(*wanted.rsplit("@", 1))
            if not (installed / name).exists():
                shutil.copytree(package, installed / name, ignore=shutil.ignore_patterns(".git"))
        for name, path in public.local.items():
            installed.mkdir(exist_ok=True)
            if not (installed / name).exists():
                (installed / name).symlink_to((root / path).resolve(), target_is_directory=True)
        if public.profile:
            (root / "profiles.yml").write_text(public.profile)
        return root

    def _tree(self, repository: str, wanted: str) -> Path:
        tree = self._folder / f"{repository.replace('/', '+')}@{wanted}"
        if not tree.exists():
            part = tree.with_name(f"{tree.name}.part")
            shutil.rmtree(part, ignore_errors=True)
            url = self._url.replace("{}", repository)
            _git("init", "--quiet", str(part))
            _git("-C", str(part), "fetch", "--quiet", "--depth", "1", url, wanted)
            _git("-C", str(part), "checkout", "--quiet", "FETCH_HEAD")
            part.rename(tree)
        return tree


def _git(*args: str) -> None:
    subprocess.run(["git", *args], check=True)


def measured(public: Public, root: Path, environment: list[str]) -> Coverage:
    """The numbers of a project, from a process of its own: what it sees, it gets from here."""
    asked = [sys.executable, "-P", "-m", "tests.differential.column_coverage", str(root), "--json"]
    if public.profiles_dir:
        asked += ["--profiles-dir", str(root / public.profiles_dir)]
    for name, value in (
        ("target", public.target),
        ("vars", public.vars),
        ("package", public.counted),
    ):
        asked += [f"--{name}", value] if value else []
    made_up = {name: name.lower() for name in environment} | public.variables
    paths = os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        asked,
        check=True,
        env=os.environ | made_up | {"PYTHONPATH": paths},
        stdout=subprocess.PIPE,
    )
    return msgspec.json.decode(done.stdout, type=Coverage)


def kinds(reasons: Counter[str]) -> Counter[str]:
    """The reasons, with those that differ in names only as one."""
    found: Counter[str] = Counter()
    for reason, number in reasons.items():
        kind = re.sub(r"^(column|open): \S+ may be of .*", r"\1: may be of x", reason)
        for pattern, text in _KINDS:
            kind = re.sub(pattern, text, kind)
        found[kind] += number
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Measure column lineage on public projects.")
    parser.add_argument("dir", type=Path)
    parser.add_argument("--only", action="append", help="a project's name; may be given again")
    parser.add_argument("--git", default="https://github.com/{}.git", metavar="URL")
    parser.add_argument("--reasons", action="store_true", help="each reason, with its names")
    given = parser.parse_args()
    listed = tomllib.loads(_PROJECTS.read_text())
    publics = msgspec.convert(listed["project"], list[Public])
    checkouts = Checkouts(given.dir.resolve(), given.git)
    together = Coverage()
    reasons: Counter[str] = Counter()
    print(_HEAD)
    for public in publics:
        if given.only and public.name not in given.only:
            continue
        one = measured(public, checkouts.project(public), listed["environment"])
        print(one.line(public.name), flush=True)
        for field in ("models", "columns", "known", "read", "read_columns", "listed", "seconds"):
            setattr(together, field, getattr(together, field) + getattr(one, field))
        reasons.update(one.reasons)
    print(together.line("together"))
    print("\n| columns | why |\n|---:|---|")
    shown = reasons if given.reasons else kinds(reasons)
    for reason, number in shown.most_common(None if given.reasons else 25):
        print(f"| {number:,} | {reason} |")


if __name__ == "__main__":
    main()
