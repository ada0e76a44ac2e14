import subprocess
import sys
from pathlib import Path

import pytest

from platform_cli.project.project import Project
from platform_cli.project.resources import Undecided
from platform_cli.project.sql.queries import Origins, Queries
from platform_cli.project.sql.query import Query
from tests.builders import PROFILES, write
from tests.effort import calls_of
from tests.sql_builders import sql_project

MACRO = "{% macro both(a) %}{{ a }}, {{ var('other', 'code') }}{% endmacro %}"
UNUSED = "{% macro unused() %}1{% endmacro %}"
FCT = "select {{ both('id') }} from {{ ref('stg_flights') }}"


@pytest.fixture
def folder(tmp_path) -> Path:
    sql_project(tmp_path, {"models/marts/fct.sql": FCT, "macros/m.sql": MACRO})
    return tmp_path


def columns(folder: Path, name: str = "fct") -> tuple[str, ...] | None:
    """Read anew, as another command would."""
    project = Project.load(folder)
    queries = Queries(project)
    for model in ("stg_flights", "stg_airports", name):
        found = queries.of(project.model(model))
    queries.keep()
    assert isinstance(found, Query), found
    return found.columns


def read_again(folder: Path, monkeypatch) -> list[str]:
    """The nodes whose SQL is read, and not taken from what is kept."""
    read: list[str] = []
    plain = Queries._read
    monkeypatch.setattr(
        Queries,
        "_read",
        lambda self, node, *rest, **more: (
            read.append(node.name),
            plain(self, node, *rest, **more),
        )[1],
    )
    columns(folder)
    monkeypatch.undo()
    return read


def test_the_sql_is_read_without_a_profile(folder) -> None:
    assert columns(folder) == ("id", "code")


def test_nothing_is_read_again_when_nothing_changed(folder, monkeypatch) -> None:
    columns(folder)
    assert read_again(folder, monkeypatch) == []


def test_only_an_edited_file_is_read_again(folder, monkeypatch) -> None:
    columns(folder)
    write(folder, {"models/staging/stg_flights.sql": "select 1 as id, 2 as code"})
    assert read_again(folder, monkeypatch) == ["stg_flights"]
    assert read_again(folder, monkeypatch) == []


def test_an_edit_between_the_project_and_its_sql_is_not_kept_for_what_was_read(folder) -> None:
    file = folder / "models/marts/fct.sql"
    text = file.read_text()
    project = Project.load(folder)
    file.write_text("select 1 as other")
    queries = Queries(project)
    queries.of(project.model("fct"))
    queries.keep()
    file.write_text(text)
    assert columns(folder) == ("id", "code")


def test_a_macro_concerns_those_that_reach_it_only(folder, monkeypatch) -> None:
    columns(folder)
    write(folder, {"macros/other.sql": UNUSED})
    assert read_again(folder, monkeypatch) == []
    write(folder, {"macros/m.sql": MACRO.replace("code", "code as c")})
    assert read_again(folder, monkeypatch) == ["fct"]
    assert columns(folder) == ("id", "c")


def test_vars_and_environment_variables_concern_all(folder, monkeypatch) -> None:
    write(folder, {"macros/m.sql": MACRO.replace("'code'", "env_var('SECOND', 'code')")})
    assert columns(folder) == ("id", "code")
    monkeypatch.setenv("SECOND", "code as s")
    assert columns(folder) == ("id", "s")
    write(folder, {"dbt_project.yml": "name: shop\nprofile: shop\nvars: {other: code as v}\n"})
    assert columns(folder) == ("id", "v")


def test_what_only_the_profile_asks_for_concerns_nothing(folder, monkeypatch) -> None:
    profile = PROFILES.replace("tiny", "shop").replace(
        "threads: 2", "token: \"{{ env_var('T') }}\""
    )
    monkeypatch.setenv("T", "first")
    write(folder, {"profiles.yml": profile})
    columns(folder)
    monkeypatch.setenv("T", "second")
    assert read_again(folder, monkeypatch) == []


def test_another_alias_of_what_is_read_concerns_the_reader(folder, monkeypatch) -> None:
    columns(folder)
    write(folder, {"models/staging/_s.yml": "models: [{name: stg_flights, config: {alias: f}}]"})
    assert "fct" in read_again(folder, monkeypatch)


def test_a_broken_file_of_facts_is_as_if_it_were_not_there(folder) -> None:
    columns(folder)
    for file in (folder / "target" / "platform_cli").glob("sql-*.bin"):
        file.write_bytes(file.read_bytes()[:-5] + b"xxxxx")
    assert columns(folder) == ("id", "code")


def test_what_only_dbt_can_tell_is_undecided_and_stays_so(folder) -> None:
    write(folder, {"models/marts/fct.sql": "\n{% set r = run_query('select 1') %}select {{ r }}"})
    for _ in range(2):
        project = Project.load(folder)
        queries = Queries(project)
        found = queries.of(project.model("fct"))
        queries.keep()
        assert isinstance(found, Undecided)
        assert (found.path, found.line) == ("models/marts/fct.sql", 2)


def test_unchanged_facts_need_neither_sqlglot_nor_jinja(folder) -> None:
    columns(folder)
    code = (
        "import sys; from pathlib import Path; from platform_cli.project.project import Project; "
        "from platform_cli.project.sql.queries import Queries; "
        "p = Project.load(Path(sys.argv[1])); print(Queries(p).of(p.model('fct')).columns, "
        "{'sqlglot', 'jinja2', 'dbt'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert done.stdout == "('id', 'code') set()\n"


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("select 1 from (", "not understood"),
        ("select " + "(" * 3000 + "1" + ")" * 3000, "nested too deeply"),
        ("select '\ue000' as x {% if 1 %}{% endif %}", "no SQL needs"),
        ("select {{ this.schema }}.x as x", "depends on the target"),
    ],
)
def test_strange_sql_is_undecided(folder, sql, reason) -> None:
    write(folder, {"models/marts/fct.sql": sql})
    project = Project.load(folder)
    found = Queries(project).of(project.model("fct"))
    assert isinstance(found, Undecided), found
    assert reason in found.reason


def test_a_long_union_is_read_with_work_in_proportion_to_its_lines(folder) -> None:
    """Eight times the lines cost eight times as much, and not sixty-four times."""

    def work(lines: int) -> int:
        more = "".join(f"union select {number}, c{number} from b\n" for number in range(lines))
        write(folder, {"models/marts/fct.sql": f"select 1 as id, code from a\n{more}"})
        queries = Queries(Project.load(folder))

        def read() -> None:
            found = queries.of(queries._project.model("fct"))
            assert isinstance(found, Query)
            assert len(found.unions) == lines

        return calls_of(read)

    work(10)  # imports
    assert work(800) < 10 * work(100)


def test_a_file_of_ten_thousand_lines_is_read(folder) -> None:
    lines = ",\n".join(f"    id + {n} as c{n}" for n in range(10_000))
    write(folder, {"models/marts/fct.sql": f"select\n{lines}\nfrom {{{{ ref('stg_flights') }}}}"})
    found = columns(folder)
    assert found is not None
    assert len(found) == 10_000


def test_what_columns_are_made_of_is_only_worked_out_where_it_is_asked_for(tmp_path) -> None:
    folder = tmp_path / "p"
    sql_project(folder, {"models/marts/fct.sql": "select id as i from {{ ref('stg_flights') }}"})
    made = (("model.shop.stg_flights", "i\0id"),)

    def passed(*asked: bool) -> list[object]:
        """What is there after each of these questions, with or without origins."""
        project = Project.load(folder)
        queries = Queries(project)
        found = []
        for origins in asked:
            query = (Origins(queries) if origins else queries).of(project.model("fct"))
            assert isinstance(query, Query)
            assert query.columns == ("i",)
            found.append(query.passed)
        queries.keep()
        return found

    assert passed(False, False) == [None, None]
    assert passed(False, True, False) == [None, made, made]
    assert passed(False, True) == [made, made]  # it is kept


def test_a_byte_order_mark_is_a_space(tmp_path) -> None:
    sql_project(tmp_path, {"models/marts/fct.sql": "\ufeffselect 1 as id, 2 as other"})
    assert columns(tmp_path) == ("id", "other")
