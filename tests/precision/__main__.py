"""A sample of what `platform check` finds in a project, to label by hand.

`python -P -m tests.precision DIR [--rule NAME] [--number N] [--seed N] [--lines N] [--target T]
[--profiles-dir P] [--vars YAML]`. The method and the labels: tests/benchmarks/PRECISION.md.
"""

import argparse
from pathlib import Path

from platform_cli.commands._variables import variables
from platform_cli.config import load_config
from platform_cli.conventions.checker import Checker
from platform_cli.project.request import Request
from tests.precision.sample import excerpt, samples


def main() -> None:
    """Print the sample."""
    parser = argparse.ArgumentParser(description="A sample of findings, to label by hand.")
    parser.add_argument("dir", type=Path)
    parser.add_argument("--rule", action="append", help="only this one; may be given again")
    parser.add_argument("--number", type=int, default=15, help="so many of each rule")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", type=int, default=2, help="so many lines around each")
    parser.add_argument("--target")
    parser.add_argument("--profiles-dir", type=Path)
    parser.add_argument("--vars")
    given = parser.parse_args()
    root = given.dir.resolve()
    profiles = given.profiles_dir.resolve() if given.profiles_dir else None
    request = Request(given.target, profiles, variables(given.vars))
    found = Checker(root, request, load_config(root).check).examine().findings
    for name, all_of_it, chosen in samples(found.diagnostics, given.number, given.seed):
        if given.rule and name not in given.rule:
            continue
        print(f"# {name}: {len(chosen)} of {all_of_it}")
        for one in chosen:
            print(f"{one.where} {one.resource}\n  {one.severity}: {one.message}\n  {one.help}")
            if shown := excerpt(root, one, given.lines):
                print(shown)
    print(f"# undecided: {len(found.undecided)}, failures: {len(found.failures)}")


if __name__ == "__main__":
    main()
