"""`platform new-model`, one command per model."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.commands import platform
from tests.benchmarks.measure import run_of
from tests.benchmarks.peer_dbt import judge
from tests.benchmarks.peer_made import DESCRIPTION, Made, Peers, ends_with
from tests.benchmarks.peer_project import Case, dbt_project


def make(root: Path, _: Peers, cases: tuple[Case, ...]) -> dict[str, Made]:
    """What it makes of each case, and of asking again."""
    dbt_project(root, sys.executable)
    run_of(platform(root, "check", accepted=(0, 1)))  # the cache is warm
    made = {case.name: _one(root, case) for case in cases}
    judge(root, str(Path(sys.executable).parent / "dbt"), sys.executable, made)
    return made


def _one(root: Path, case: Case) -> Made:
    if case.query:
        (root / "query.sql").write_text(case.query, encoding="utf-8")
    source = ("--sql", "query.sql") if case.query else ("--from", f"raw.{case.table}")
    given = ("--owner", "sales", "--sla", "24h", "--description", DESCRIPTION)
    words = ("new-model", case.name, *source, *given)
    before = _texts(root)
    _, shown = run_of(platform(root, *words, "--dry-run"))
    diff = f"+++ b/{case.folder}/{case.name}.sql" in shown and _texts(root) == before
    due = ends_with(platform(root, *words, "--check"), 1)
    cost, _ = run_of(platform(root, *words, "--yes"))
    after = _texts(root)
    sql, yml = (root / case.folder / f"{case.name}.{end}" for end in ("sql", "yml"))
    run_of(platform(root, *words, "--yes"))
    again = _texts(root) == after
    # The same answers again, on files that a person has edited since.
    text = yml.read_text(encoding="utf-8")
    edited = "# seen by a person\n" + text.replace(DESCRIPTION, f"{DESCRIPTION} Really.")
    yml.write_text(edited, encoding="utf-8")
    run_of(platform(root, *words, "--yes", accepted=(0, 1, 2)))
    kept = yml.read_text(encoding="utf-8") == edited
    yml.write_text(text, encoding="utf-8")
    done = ends_with(platform(root, *words, "--check"), 0)
    return Made(
        sql=sql.read_text(encoding="utf-8"),
        odd=case.odd,
        placed=sql.is_file() and yml.is_file(),
        again=again,
        kept=kept,
        checked=due and done,
        dry="diff" if diff else "",
        said="".join(text for path, text in after.items() if path not in before),
        costs=[cost],
    )


def _texts(root: Path) -> dict[str, str]:
    files = (*root.glob("models/**/*.*"), *root.glob("templates/**/*.*"))
    return {str(one): one.read_text(encoding="utf-8") for one in sorted(files) if one.is_file()}
