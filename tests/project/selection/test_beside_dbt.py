"""Our selections beside those of `dbt ls`, on the generated project and on the example."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.project import Project
from platform_cli.project.resources import DataTest, Group, UnitTest
from platform_cli.project.selection.select import select
from tests.differential.generate import generate

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[2] / "dbt_project"
SELECTIONS = """
*
gen
plain
stag*
staging
gen.staging
marts.*
*flights*
fct_[af]*
stg_?lanes
models/staging
models/*/
models/**/*.sql
models/mar*/*
./models/marts/
path:models/marts
path:seeds
snapshots
file:plain.sql
plain.sql
file:*.csv
tag:*
tag:nightly
config.materialized:table
config.materialized:incremental
config.contract.enforced:true
config.enabled:true
config.meta.owner:growth
config.tags:nightly
access:public
access:private
group:*
group:network_planning
source:*
source:airports
source:airports.airports
source:*.*.airports
exposure:*
exposure:report_1*
resource_type:seed
resource_type:model
resource_type:snapshot
resource_type:unit_test
resource_type:exposure
package:this
package:toolbox
package:*
test_type:generic
test_type:singular
test_type:unit
test_name:unique
test_name:not_*
unit_test:*
version:latest
version:old
version:none
version:prerelease
+exposure:*
1+exposure:*
source:*+1
source:*+2
@source:*
0+resource_type:seed+0
@resource_type:seed
1+test_name:relationships
+test_name:unique+
resource_type:seed+
resource_type:snapshot+
+resource_type:snapshot
staging,config.materialized:view
marts,+exposure:*
staging marts
resource_type:seed marts,config.materialized:table
config.materialized:ephemeral+1
config.severity:WARN
"""
EXCLUDING = [
    (["marts"], ["config.materialized:table"]),
    (["+exposure:*"], ["source:*", "staging"]),
    ([], ["resource_type:test", "resource_type:model+"]),
]


def dbt_says(project: Path, asked: list[list[str]]) -> list[set[str] | None]:
    given, answers = project.parent / "asked.json", project.parent / "answers.json"
    given.write_text(json.dumps(asked), encoding="utf-8")
    script = [sys.executable, "-P", str(HERE / "dbt_ls.py")]
    done = subprocess.run(
        [*script, str(project), str(given), str(answers)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DO_NOT_TRACK": "1"},
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return [None if one is None else set(one) for one in json.loads(answers.read_bytes())]


def we_say(project: Project, words: list[str], exclude: list[str] = (), **how) -> set[str]:
    try:
        found = select(project, words, exclude=exclude, **how)
    except PlatformError as error:
        return set() if error.hint else {"no hint"}
    assert not found.unsure
    return {one for one in found.ids if not isinstance(project.resources[one], Group)}


def of_dbt(words: list[str], exclude: list[str] = ()) -> list[str]:
    # Tests that come along with a model are no part of what is checked.
    return [
        *("--indirect-selection", "empty"),
        *(["--select", *words] if words else []),
        *(["--exclude", *exclude] if exclude else []),
    ]


@pytest.fixture(scope="module", params=["generated", "example"])
def folder(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp(request.param) / "project"
    if request.param == "generated":
        generate(folder, 60)
    else:
        ignored = shutil.ignore_patterns("target", "logs", "dbt_packages", "*.duckdb", "data")
        shutil.copytree(EXAMPLE, folder, ignore=ignored)
        (folder / "dbt_packages").mkdir()
        (folder / "dbt_packages" / "platform_macros").symlink_to(EXAMPLE.parent / "macros")
    return folder


@pytest.mark.slow
def test_the_same_words_mean_the_same(folder) -> None:
    cases = [(word.split(" "), []) for word in SELECTIONS.split("\n")[1:-1]] + EXCLUDING
    answers = dbt_says(folder, [of_dbt(*case) for case in cases])
    project = Project.load(folder)
    wrong = {}
    something = 0
    for case, answer in zip(cases, answers, strict=True):
        theirs, ours = set(answer or ()), we_say(project, *case)
        if "/" in str(case) or "path:" in str(case):
            # A path is from the root for us; for dbt each package's from its own.
            theirs, ours = (
                {one for one in said if ".toolbox" not in one} for said in (theirs, ours)
            )
        something += bool(theirs)
        if ours != theirs:
            wrong[str(case)] = (sorted(ours - theirs)[:5], sorted(theirs - ours)[:5])
    assert not wrong, "\n".join(f"{case}: {said}" for case, said in wrong.items())
    assert something > len(cases) / 2


def edited(folder: Path, tmp_path: Path) -> Path:
    """A copy in which code, config, contract, descriptions and sources are not what they were."""
    new = tmp_path / "project"
    shutil.copytree(folder, new, symlinks=True)
    sql = sorted((new / "models").rglob("*.sql"))
    sql[0].write_text(sql[0].read_text() + "\n-- another line\n")
    sql[3].unlink() if not any(sql[3].stem in f.read_text() for f in sql if f != sql[3]) else None
    (new / "models" / "brand_new.sql").write_text("select 1 as id")
    for file in sorted((new / "seeds").rglob("*.csv"))[:1]:
        file.write_text(file.read_text() + "\n" + file.read_text().splitlines()[-1] + "\n")
    for file in sorted((new / "macros").rglob("*.sql")):
        file.write_text(file.read_text().replace("endmacro", " endmacro"))
    return new


ALSO = {"model.gen.by_execute", "model.toolbox.toolbox_numbers"}
"""They call a changed macro only when they run, which dbt does not see when it parses."""
STATES = ["new", "old", "modified", "unmodified", "modified.body", "modified.configs",
          "modified.relation", "modified.contract", "modified.macros"]  # fmt: skip


@pytest.mark.slow
def test_the_same_has_been_modified(folder, tmp_path) -> None:
    dbt_says(folder, [])
    state = tmp_path / "state"
    state.mkdir()
    shutil.copy(folder / "target" / "manifest.json", state)
    new = edited(folder, tmp_path)
    asked = [["--state", str(state), *of_dbt([f"state:{one}"])] for one in STATES]
    answers = dbt_says(new, asked)
    project = Project.load(new)
    wrong = {}
    for name, answer in zip(STATES, answers, strict=True):
        ours = models_and_the_like(project, we_say(project, [f"state:{name}"], state=state))
        theirs = models_and_the_like(project, answer)
        if ours - theirs <= ALSO and name in {"modified", "modified.macros"}:
            ours -= ALSO
        if name == "unmodified":
            theirs -= ALSO
        if ours != theirs:
            wrong[name] = (sorted(ours - theirs)[:9], sorted(theirs - ours)[:9])
    assert not wrong, "\n".join(f"{case}: {said}" for case, said in wrong.items())


def models_and_the_like(project: Project, ids: set[str]) -> set[str]:
    return {one for one in ids if not isinstance(project.resources[one], DataTest | UnitTest)}
