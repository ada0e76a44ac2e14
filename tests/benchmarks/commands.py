"""What is started: our commands and dbt's, without anything that only makes noise."""

import sys
from pathlib import Path

from tests.benchmarks.measure import Command
from tests.benchmarks.projects import REPOSITORY

_BIN = Path(sys.executable).parent
QUIET = {
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "PYTHONPATH": str(REPOSITORY),
    "PYTHONSAFEPATH": "1",
    "PYTHONWARNINGS": "ignore",
}


def platform(project: Path, *words: str, **more: object) -> Command:
    """`platform` with these words in the project's folder."""
    arguments = (sys.executable, "-P", "-m", "platform_cli", *words)
    return Command(arguments, project, QUIET, **more)


def dbt(project: Path, *words: str, **more: object) -> Command:
    """`dbt` likewise."""
    arguments = (str(_BIN / "dbt"), "--quiet", *words)
    environment = {**QUIET, "DBT_PROFILES_DIR": str(project), "DBT_VERSION_CHECK": "false"}
    return Command(arguments, project, environment, **more)
