"""For how many columns of any project it is known what they are made of, and why not of the rest.

`python -P -m tests.differential.column_coverage DIR [--target T] [--profiles-dir P] [--vars YAML]
[--adapter NAME]`: one line for RESULTS.md, then the reasons. Only the project's own models and
snapshots count, not those of its packages.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

import yaml

from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Snapshot


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser(description="Measure column lineage.")
    parser.add_argument("dir", type=Path)
    parser.add_argument("--target")
    parser.add_argument("--profiles-dir", type=Path)
    parser.add_argument("--adapter", default="duckdb")
    parser.add_argument("--vars", type=yaml.safe_load)
    given = parser.parse_args()
    project = Project.load(
        given.dir.resolve(),
        target=given.target,
        profiles_dir=given.profiles_dir,
        vars=given.vars,
        adapter=given.adapter,
        keep=False,
    )
    lineage = ColumnLineage(project)
    before = time.process_time()
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for node in project.resources.values():
        if not isinstance(node, Model | Snapshot) or node.package_name != project.name:
            continue
        made = lineage.of(node.unique_id)
        assert made is not None
        known = sum(one.how != "unknown" for one in made.columns)
        counts["models"] += 1
        counts["columns"] += len(made.columns)
        counts["known"] += known
        counts["listed"] += made.complete
        if made.undecided:
            reasons[f"text: {made.undecided}"] += len(made.columns)
            continue
        counts["read"] += 1
        counts["read columns"] += len(made.columns)
        reasons.update(f"column: {one.why}" for one in made.columns if one.how == "unknown")
        reasons.update(f"open: {one.why}" for one in made.open)
    spent = time.process_time() - before
    print(
        f"| {given.dir} | {counts['models']} | {counts['columns']:,} | {counts['known']:,} "
        f"| {_share(counts['known'], counts['columns'])} | {counts['read']} "
        f"| {_share(counts['known'], counts['read columns'])} | {counts['listed']} | {spent:.1f} |"
    )
    for reason, number in reasons.most_common(20):
        print(f"{number:6} {reason[:150]}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    main()
