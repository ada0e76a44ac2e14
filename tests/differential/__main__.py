"""Compare the static reader with dbt on any project.

`python -P -m tests.differential DIR [--target T] [--profiles-dir P] [--vars YAML]
[--manifest FILE]`. Exit code 1 if a value is wrong or less than 99.9 % of the edges are decided.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.differential.compare import compare
from tests.differential.dbt_manifest import Asked, ParseFailedError, dbt_manifest
from tests.differential.manifest_facts import manifest_facts
from tests.differential.read_project import read_project
from tests.differential.table import table

_ENOUGH = 0.999


def main() -> int:
    """Print the table and return the exit code."""
    parser = argparse.ArgumentParser(description="Compare the static reader with dbt.")
    parser.add_argument("dir", type=Path)
    parser.add_argument("--target")
    parser.add_argument("--profiles-dir", type=Path)
    parser.add_argument("--vars")
    parser.add_argument("--manifest", type=Path, help="a fresh manifest.json, instead of dbt parse")
    given = parser.parse_args()
    profiles = given.profiles_dir.resolve() if given.profiles_dir else None
    asked = Asked(given.dir.resolve(), given.target, profiles, given.vars)
    try:
        manifest = (
            json.loads(given.manifest.read_bytes()) if given.manifest else dbt_manifest(asked)
        )
    except ParseFailedError as error:
        print(f"dbt parse failed:\n{error}", file=sys.stderr)
        return 2
    before = time.process_time()
    read = read_project(asked, manifest["metadata"]["project_name"])
    spent = time.process_time() - before
    comparison = compare(manifest_facts(manifest), read)
    print(table(comparison))
    print(f"reader: {spent:.2f} CPU s")
    return 1 if comparison.wrong or comparison.edges_decided < _ENOUGH else 0


if __name__ == "__main__":
    raise SystemExit(main())
