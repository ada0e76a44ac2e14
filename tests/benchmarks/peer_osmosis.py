"""dbt-osmosis: `generate staging` for a table, `yaml refactor` for a model that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.commands import QUIET
from tests.benchmarks.measure import Command, run_of
from tests.benchmarks.peer_dbt import dbt, judge, with_refs
from tests.benchmarks.peer_made import Made, Peers, ends_with
from tests.benchmarks.peer_project import Case, dbt_project

_RULE = '    +dbt-osmosis: "{model}.yml"\n    marts:'


def make(root: Path, peers: Peers, cases: tuple[Case, ...]) -> dict[str, Made]:
    """What is in the project after its commands."""
    program, python = (peers.program("dbt", name) for name in ("dbt", "python"))
    dbt_project(root, python)
    settings = root / "dbt_project.yml"
    settings.write_text(settings.read_text().replace("    marts:", _RULE))
    dbt(root, program, "run")
    made = {}

    def osmosis(*words: str) -> Command:
        command = (peers.program("dbt", "dbt-osmosis"), *words, "--profiles-dir", str(root))
        return Command(command, root, QUIET, accepted=(0, 1, 2))

    for case in cases:
        one = made[case.name] = Made(odd=case.odd)
        sql = root / case.folder / f"{case.name}.sql"
        if case.table:
            before = {*root.glob("models/**/*.*")}
            cost, _ = run_of(osmosis("generate", "staging", "raw", case.table))
            one.costs.append(cost)
            wrote = [path for path in root.glob("models/**/*.sql") if path not in before]
            one.sql = "".join(path.read_text() for path in wrote)
            one.placed = [path.name for path in wrote] == [sql.name]
        else:
            sql.parent.mkdir(parents=True, exist_ok=True)
            one.sql = with_refs(case)
            sql.write_text(one.sql, encoding="utf-8")
    dbt(root, program, "run")  # it reads the columns of what is built
    there = [case for case in cases if made[case.name].sql]
    for case in there:
        sql = root / case.folder / f"{case.name}.sql"
        _refactored(case, made[case.name], sql, osmosis, closely=case is there[0])
    for case in there[1:]:
        one, first = made[case.name], made[there[0].name]
        one.dry, one.again, one.kept, one.checked = (
            first.dry, first.again, first.kept, first.checked,
        )  # fmt: skip
    judge(root, program, python, made)
    return made


def _refactored(
    case: Case, one: Made, sql: Path, osmosis: Callable[..., Command], *, closely: bool
) -> None:
    """Its YAML; and `closely`, what a dry run says, and what asking again does."""
    refactor = osmosis("yaml", "refactor", "--auto-apply", str(sql))
    check = osmosis("yaml", "refactor", "--auto-apply", "--dry-run", "--check", str(sql))
    yml = sql.with_suffix(".yml")
    due = False
    if closely:
        _, said = run_of(check)
        words = "".join(said.split())
        one.dry = "diff" if "+++ " in said else "names" if yml.name in words else ""
        due = ends_with(check, 1)
    cost, _ = run_of(refactor)
    one.costs.append(cost)
    if not yml.is_file():
        return
    one.placed = True
    text = one.said = yml.read_text(encoding="utf-8")
    if not closely:
        return
    run_of(refactor)
    one.again = yml.read_text(encoding="utf-8") == text
    edited = "# seen by a person\n" + text.replace(
        f"name: {case.name}\n", f'name: {case.name}\n    description: "Really."\n', 1
    )
    yml.write_text(edited, encoding="utf-8")
    run_of(refactor)
    after = yml.read_text(encoding="utf-8")
    one.kept = "# seen by a person" in after and "Really." in after
    yml.write_text(text, encoding="utf-8")
    one.checked = due and ends_with(check, 0)
