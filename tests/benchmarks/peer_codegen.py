"""dbt-codegen: its macros print, and the person pastes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks.commands import QUIET
from tests.benchmarks.measure import Command, run_of
from tests.benchmarks.peer_dbt import dbt, judge, with_refs
from tests.benchmarks.peer_made import Made, Peers
from tests.benchmarks.peer_project import Case, dbt_project


def make(root: Path, peers: Peers, cases: tuple[Case, ...]) -> dict[str, Made]:
    """What is in the files once everything that it printed is pasted."""
    program, python = (peers.program("dbt", name) for name in ("dbt", "python"))
    dbt_project(root, python)
    (root / "dbt_packages").mkdir()
    for name in ("codegen", "dbt_utils"):
        (root / "dbt_packages" / name).symlink_to(peers.package(name))
    dbt(root, program, "run")
    made = {case.name: Made(odd=case.odd) for case in cases}

    def printed(case: Case, macro: str, **arguments: object) -> str:
        words = ("--quiet", "run-operation", macro, "--args", json.dumps(arguments))
        command = (program, *words, "--profiles-dir", str(root))
        cost, text = run_of(Command(command, root, QUIET, accepted=(0, 1, 2)))
        made[case.name].costs.append(cost)
        return text.strip() + "\n"

    for case in cases:
        one = made[case.name]
        one.sql = with_refs(case) if case.query else ""
        if case.table:
            # An author who has read its page knows what a column with a space in it needs.
            one.sql = printed(
                case, "generate_base_model", source_name="raw", table_name=case.table,
                case_sensitive_cols=bool(case.odd),
            )  # fmt: skip
        sql = root / case.folder / f"{case.name}.sql"
        sql.parent.mkdir(parents=True, exist_ok=True)
        sql.write_text(one.sql, encoding="utf-8")
    dbt(root, program, "run")  # the other macros read the columns of what is built
    for case in cases:
        name = case.name
        text = printed(case, "generate_model_yaml", model_names=[name], upstream_descriptions=True)
        unit = printed(case, "generate_unit_test_template", model_name=name, inline_columns=True)
        made[name].said = made[name].sql + text + unit
        yml = root / case.folder / f"{name}.yml"
        yml.write_text(text + "\n" + unit, encoding="utf-8")
    judge(root, program, python, made)
    return made
