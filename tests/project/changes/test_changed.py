from pathlib import Path

import pytest

from platform_cli.project.changes.changed import changed_since
from platform_cli.project.project import Project
from tests.builders import write
from tests.git_builders import commit, git
from tests.read_builders import a_project

FILES = {
    ".gitignore": "target/\n",
    "dbt_project.yml": """\
        name: shop
        profile: shop
        models:
          shop:
            marts: {+meta: {kept_for: 1 year}}
        """,
    "macros/money.sql": """\
        {% macro cents(c) %}{{ rounded(c) }} * 100{% endmacro %}
        {% macro rounded(c) %}round({{ c }}){% endmacro %}
        {% macro unused() %}1{% endmacro %}
        """,
    "macros/test_positive.sql": "{% test positive(model, column_name) %}select 1{% endtest %}",
    "seeds/rates.csv": "id\n1\n",
    "models/docs.md": "{% docs key %}The key.{% enddocs %}",
    "models/staging/stg_a.sql": "select 1 as id -- cents, in words\n",
    "models/staging/stg_b.sql": "select {{ cents('1') }} as id, id from {{ ref('rates') }}",
    "models/marts/fct_c.sql": "select * from {{ ref('stg_a') }}, {{ ref('stg_b') }}",
    "models/marts/fct_d.sql": "select {{ rounded('id') }} from {{ ref('stg_b') }}",
    "models/models.yml": """\
        models:
          - name: stg_a
            description: A
            columns: [{name: id, description: "{{ doc('key') }}"}]
          - name: stg_b
            columns: [{name: id, data_tests: [unique, positive]}]
          - name: fct_c
            description: C
        sources:
          - name: raw
            tables: [{name: one}, {name: two}]
        """,
}


@pytest.fixture
def project(tmp_path) -> Path:
    root = a_project(tmp_path / "repository" / "project", FILES)
    commit(root.parent)
    return root


def touched(project: Path, changes: dict[str, str] | None = None, base: str | None = None):
    """The names of what is touched, tests left out."""
    write(project, changes or {})
    found = changed_since(Project.load(project), base)
    return {one.split(".", 2)[2] for one in found.ids if not one.startswith("test.")}


def edited(path: str, old: str, new: str) -> dict[str, str]:
    from textwrap import dedent

    text = dedent(FILES[path])
    assert old in text
    return {path: text.replace(old, new)}


def test_nothing_has_changed(project) -> None:
    found = changed_since(Project.load(project), None)
    assert (found.ids, found.files, found.base) == (frozenset(), (), "main")
    assert found.commit == git(project, "rev-parse", "HEAD")


def test_a_model_alone_whether_edited_staged_committed_or_new(project) -> None:
    git(project, "checkout", "--quiet", "-b", "branch")
    sql = edited("models/staging/stg_a.sql", "1", "2")
    assert touched(project, sql) == {"stg_a"}
    git(project, "add", "--all")
    assert touched(project) == {"stg_a"}
    commit(project)
    assert touched(project) == {"stg_a"}
    assert touched(project, {"models/staging/stg_new.sql": "select 1"}) == {"stg_a", "stg_new"}
    assert touched(project, base="HEAD") == {"stg_new"}


def test_a_macro_that_is_described_is_touched_by_its_own_files(project) -> None:
    described = "macros: [{name: cents, description: TODO}]\n"
    write(project, {"macros/money.yml": described})
    commit(project)
    assert touched(project, {"macros/money.yml": described.replace("TODO", "Cents")}) == {"cents"}
    commit(project)
    assert touched(project, edited("models/staging/stg_a.sql", "1", "2")) == {"stg_a"}


def test_what_others_did_on_the_main_branch_since_is_not_ours(project) -> None:
    git(project, "checkout", "--quiet", "-b", "branch")
    write(project, edited("models/staging/stg_a.sql", "1", "2"))
    commit(project)
    git(project, "checkout", "--quiet", "main")
    write(project, edited("models/marts/fct_d.sql", "id", "id2"))
    commit(project)
    git(project, "checkout", "--quiet", "branch")
    assert touched(project) == {"stg_a"}


def test_a_macro_touches_who_uses_it_directly_or_through_macros(project) -> None:
    macro = "macros/money.sql"
    every = {"stg_b", "fct_d"}
    assert touched(project, edited(macro, "round(", "floor(")) == every
    assert touched(project, edited(macro, "* 100", "* 10")) == {"stg_b"}
    assert touched(project, edited(macro, "}1{", "}2{")) == set()
    (project / macro).unlink()
    assert touched(project) == every


def test_a_macro_outside_the_project_touches_too(project) -> None:
    macros = project.parent / "macros"
    (project / "macros").rename(macros)
    (project / "macros").symlink_to(macros)
    commit(project.parent)
    assert touched(project, edited("macros/money.sql", "* 100", "* 10")) == {"stg_b"}


def test_a_test_touches_what_it_tests(project) -> None:
    macro = edited("macros/test_positive.sql", "select 1", "select 2")
    assert touched(project, macro) == {"stg_b"}


def test_of_a_properties_file_only_the_entries_that_changed(project) -> None:
    file = "models/models.yml"
    assert touched(project, edited(file, "description: C", "description: D")) == {"fct_c"}
    assert touched(project, edited(file, "models:\n", "# a word\nmodels:\n")) == set()
    assert touched(project, edited(file, "unique, ", "")) == {"stg_b"}
    assert touched(project, edited(file, "{name: two}", "{name: two, description: x}")) == {
        "raw.two"
    }
    (project / file).unlink()
    assert touched(project) == {"stg_a", "stg_b", "fct_c"}


def test_of_the_project_file_only_what_it_says_otherwise(project) -> None:
    config = edited("dbt_project.yml", "1 year", "2 years")
    assert touched(project, config) == {"fct_c", "fct_d"}
    assert touched(project, edited("dbt_project.yml", "name: shop\n", "name: shop\n# x\n")) == set()


def test_a_docs_block_touches_what_shows_it(project) -> None:
    assert touched(project, edited("models/docs.md", "The key", "A key")) == {"stg_a"}


def test_a_seed_touches_who_reads_it(project) -> None:
    assert touched(project, edited("seeds/rates.csv", "1", "2")) == {"rates", "stg_b"}


def test_a_model_that_is_gone_touches_who_refers_to_it(project) -> None:
    (project / "models/staging/stg_b.sql").unlink()
    assert touched(project) >= {"fct_c", "fct_d"}


def test_the_settings_of_the_platform_touch_everything(project) -> None:
    assert touched(project, {"platform.yml": ""}) >= {"stg_a", "stg_b", "fct_c", "fct_d", "raw.one"}


def test_a_base_whose_project_file_is_broken_means_whole_files(project) -> None:
    broken = {"dbt_project.yml": "name: [shop\n"}
    text = (project / "dbt_project.yml").read_text()
    write(project, broken)
    base = commit(project)
    write(project, {"dbt_project.yml": text})
    commit(project)
    found = touched(project, edited("models/models.yml", "description: C", "description: D"), base)
    assert found >= {"stg_a", "stg_b", "fct_c", "fct_d"}


def test_the_base_is_kept_until_another_is_asked_for(project) -> None:
    def kept():
        return [one.name for one in (project / "target/platform_cli/base").iterdir()]

    first = git(project, "rev-parse", "HEAD")
    touched(project, edited("models/models.yml", "description: C", "description: D"))
    assert kept() == [first]
    second = commit(project)
    touched(project, edited("models/models.yml", "description: C", "description: E"))
    assert kept() == [second]
