"""dbt's own answer: a fresh `dbt parse` of a project, as the manifest it writes."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Asked:
    """What dbt and the reader are both told. `variables` is a YAML mapping, as for dbt's --vars."""

    root: Path
    target: str | None = None
    profiles_dir: Path | None = None
    variables: str | None = None


class ParseFailedError(Exception):
    """dbt could not parse the project; the text is the end of what it printed."""


def dbt_manifest(asked: Asked) -> dict[str, Any]:
    """Run `dbt parse` cold into a temporary folder and return manifest.json.

    Raises ParseFailedError.
    """
    with tempfile.TemporaryDirectory(prefix="differential-") as scratch:
        command = [sys.executable, "-P", "-m", "dbt.cli.main", "--no-use-colors", "parse"]
        command += ["--no-version-check", "--target-path", scratch, "--log-path", scratch]
        for option, value in (
            ("--target", asked.target),
            ("--profiles-dir", asked.profiles_dir),
            ("--vars", asked.variables),
        ):
            if value is not None:
                command += [option, str(value)]
        quiet = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        done = subprocess.run(
            command,
            cwd=asked.root,
            env=os.environ | quiet,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ParseFailedError((done.stdout + done.stderr)[-4000:])
        manifest: dict[str, Any] = json.loads((Path(scratch) / "manifest.json").read_bytes())
        return manifest
