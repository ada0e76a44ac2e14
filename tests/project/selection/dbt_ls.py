"""Run as a script: what `dbt ls` answers to many selections, as JSON.

`dbt_ls.py PROJECT SELECTIONS ANSWERS`: the files hold a list of argument lists, and the unique ids
for each (null where dbt refuses). The project is parsed once; its manifest stays in target/
"""

import json
import os
import sys
from pathlib import Path


def main(project: str, selections: str, answers: str) -> None:
    from dbt.cli.main import dbtRunner

    os.environ["DO_NOT_TRACK"] = "1"
    os.chdir(project)
    quiet = ["--no-partial-parse", "--no-send-anonymous-usage-stats", "--quiet"]
    parsed = dbtRunner().invoke([*quiet, "parse"])
    assert parsed.success, parsed.exception
    runner = dbtRunner(manifest=parsed.result)
    found = []
    for arguments in json.loads(Path(selections).read_bytes()):
        keys = ["--output", "json", "--output-keys", "unique_id", "--resource-type", "all"]
        listed = runner.invoke([*quiet, "ls", *keys, *arguments])
        said = None if listed.exception else listed.result or []
        found.append(None if said is None else [json.loads(one)["unique_id"] for one in said])
    Path(answers).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
