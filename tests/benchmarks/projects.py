"""The dbt projects that the benchmarks work on, made anew for each benchmark."""

import shutil
from pathlib import Path

from tests.builders import install_macros

REPOSITORY = Path(__file__).parent.parent.parent


def generated_project(folder: Path, models: int, *, tables: bool = False) -> Path:
    """A generated project of so many models; with `tables`, the sources have rows."""
    from tests.differential.generate import generate

    generate(folder, models)
    if tables:
        import duckdb

        with duckdb.connect(str(folder / "gen.duckdb")) as connection:
            connection.execute((folder / "raw_tables.sql").read_text(encoding="utf-8"))
    return folder


def example_project(folder: Path) -> Path:
    """The example project in its place beside the macros, without what was built."""
    leave_out = shutil.ignore_patterns("target", "logs", "*.duckdb", "*.wal", "dbt_packages")
    for name in ("dbt_project", "macros"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=leave_out)
    project = folder / "dbt_project"
    install_macros(project, folder / "macros")
    return project


def empty(project: Path) -> None:
    """Forget what was built and parsed."""
    for name in ("target", "logs"):
        shutil.rmtree(project / name, ignore_errors=True)
    for database in project.glob("nyc_flights.duckdb*"):
        database.unlink()
