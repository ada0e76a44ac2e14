"""For how many columns of any project it is known what they are made of, and why not of the rest.

`python -P -m tests.differential.column_coverage DIR [--target T] [--profiles-dir P] [--vars YAML]
[--adapter NAME] [--package NAME]`: one line for RESULTS.md, then the reasons. Only the models and
snapshots of one package count: the project's own, or another.
"""

import argparse
import json
import time
from collections import Counter
from pathlib import Path

import msgspec
import yaml

from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Snapshot


class Coverage(msgspec.Struct, kw_only=True):
    """The numbers of one project. `read` are the models whose text is known without a database;
    `listed` those all of whose columns are known by name. `reasons` count columns (of a text that
    is not known: those that its properties file declares) and models that may have more.
    """

    models: int = 0
    columns: int = 0
    known: int = 0
    read: int = 0
    read_columns: int = 0
    listed: int = 0
    seconds: float = 0.0
    reasons: dict[str, int] = {}

    def line(self, name: str) -> str:
        """A row of the table in RESULTS.md."""
        return (
            f"| {name} | {self.models:,} | {self.columns:,} | {self.known:,} "
            f"| {_share(self.known, self.columns)} | {self.read:,} "
            f"| {_share(self.known, self.read_columns)} | {self.listed:,} | {self.seconds:.1f} |"
        )


def coverage(project: Project, package: str) -> Coverage:
    """The models and snapshots of a package, counted."""
    lineage = ColumnLineage(project)
    before = time.process_time()
    found = Coverage()
    reasons: Counter[str] = Counter()
    for node in project.resources.values():
        if not isinstance(node, Model | Snapshot) or node.package_name != package:
            continue
        made = lineage.of(node.unique_id)
        assert made is not None
        columns = len(made.columns)
        found.models += 1
        found.columns += columns
        found.known += sum(one.how != "unknown" for one in made.columns)
        found.listed += made.complete
        if made.undecided:
            reasons[f"text: {made.undecided}"] += columns
            continue
        found.read += 1
        found.read_columns += columns
        reasons.update(f"column: {one.why}" for one in made.columns if one.how == "unknown")
        reasons.update(f"open: {one.why}" for one in made.open)
    found.reasons = dict(reasons)
    found.seconds = time.process_time() - before
    return found


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser(description="Measure column lineage.")
    parser.add_argument("dir", type=Path)
    parser.add_argument("--target")
    parser.add_argument("--profiles-dir", type=Path)
    parser.add_argument("--adapter", default="duckdb")
    parser.add_argument("--vars", type=yaml.safe_load)
    parser.add_argument("--package")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    project = Project.load(
        given.dir.resolve(),
        target=given.target,
        profiles_dir=given.profiles_dir,
        vars=given.vars,
        adapter=given.adapter,
        keep=False,
    )
    found = coverage(project, given.package or project.name)
    if given.json:
        print(json.dumps(msgspec.to_builtins(found)))
        return
    print(found.line(str(given.dir)))
    for reason, number in Counter(found.reasons).most_common(40):
        print(f"{number:6} {reason[:150]}")


if __name__ == "__main__":
    main()
