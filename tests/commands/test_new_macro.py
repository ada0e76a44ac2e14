"""`platform new-macro`."""

import json

import pytest

from platform_cli.cli import run
from platform_cli.project.project import Project
from platform_cli.project.resources import UnitTest
from tests.builders import write
from tests.git_builders import commit
from tests.small_project import write_project

FILES = (
    "macros/cents_of.sql",
    "macros/cents_of.yml",
    "models/macro_tests/cents_of__wrapper.sql",
    "models/macro_tests/cents_of__wrapper.yml",
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "shop").mkdir()
    monkeypatch.chdir(write_project(tmp_path / "shop"))
    return tmp_path / "shop"


@pytest.fixture
def new_macro(project, capsys):
    """Run `platform new-macro` in the project: code, stdout, stderr."""

    def call(*arguments):
        code = run(["new-macro", *arguments])
        return code, *capsys.readouterr()

    return call


def test_a_macro_comes_with_yaml_and_a_unit_test(new_macro, project) -> None:
    code, out, err = new_macro("cents_of", "--argument", "amount", "--owner", "sales")
    assert (code, out) == (0, "".join(f"create  {one}\n" for one in FILES))
    assert err.endswith(
        "write what is marked TODO, then `platform test --select cents_of__wrapper`\n"
    )
    assert (project / FILES[0]).read_text() == (
        """\
{#- TODO: why it is written so, where that cannot be seen. -#}
{% macro cents_of(amount) -%}
    ({{ amount }})
{%- endmacro %}
"""
    )
    assert (project / FILES[1]).read_text() == (
        """\
macros:
  - name: cents_of
    description: "TODO: what it gives, for what, and what becomes of NULL."
    arguments:
      - name: amount
        type: string
        description: "TODO: what to give; an SQL expression, if it is one."
"""
    )
    assert [one.model for one in Project.load(project).of(UnitTest)] == ["cents_of__wrapper"]


def test_check_finds_what_is_still_to_be_written(new_macro, capsys) -> None:
    new_macro("cents_of", "--argument", "amount", "--owner", "sales")
    assert run(["check", "--output-format", "json"]) == 0  # a warning, as of a source
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["rule"], one["path"], one["line"], one["column"]) for one in found] == [
        ("description-meaningful", FILES[1], 3, 5),
        ("description-meaningful", FILES[1], 7, 9),
    ]


def test_check_of_what_changed_finds_it_too(new_macro, project, capsys) -> None:
    commit(project)
    new_macro("cents_of", "--argument", "amount", "--owner", "sales")
    assert run(["check", "--changed"]) == 0
    out = capsys.readouterr().out
    assert "warn[description-meaningful] cents_of: the description is still to be written" in out


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("--argument", "a", "--argument", "b:optional[string]")])
def test_as_it_is_written_it_passes_check_and_its_test(new_macro, project, arguments) -> None:
    new_macro("cents_of", "--owner", "sales", *arguments)
    assert run(["check"]) == 0
    assert run(["test", "--select", "cents_of__wrapper"]) == 0
    assert run(["build", "--select", "cents_of__wrapper"]) == 0


def test_a_second_run_changes_nothing_and_an_edited_one_is_kept(new_macro, project) -> None:
    assert new_macro("cents_of", "--owner", "sales", "--check")[0] == 1
    assert not (project / "macros").exists()
    new_macro("cents_of", "--owner", "sales")
    assert new_macro("cents_of", "--owner", "sales", "--check")[:2] == (0, "")
    write(project, {FILES[0]: "{% macro cents_of(value) %}mine{% endmacro %}"})
    code, _, err = new_macro("cents_of", "--owner", "sales")
    assert (code, "is there already, with another text" in err) == (2, True)
    assert "mine" in (project / FILES[0]).read_text()


def test_in_the_package_it_is_tested_in_the_projects_of_its_tests(new_macro, project) -> None:
    write(
        project,
        {
            "packages.yml": "packages: [{local: ../blocks}]\n",
            "../blocks/dbt_project.yml": "name: our_blocks\nmacro-paths: [scd, sql]\n",
            "../tests/blocks/project/models/x.sql": "select 1 as x",
        },
    )
    code, _, _ = new_macro("cents_of", "--package")
    assert code == 0
    top = project.parent
    assert (top / "blocks/sql/cents_of.yml").is_file()
    wrapper = (top / "tests/blocks/project/models/cents_of__wrapper.sql").read_text()
    assert "{{ our_blocks.cents_of('given_value') }} as result" in wrapper
    assert new_macro("since", "--package", "--folder", "scd")[0] == 0
    assert (top / "blocks/scd/since.sql").is_file()


def test_json_lists_the_files(new_macro, project) -> None:
    said = json.loads(new_macro("cents_of", "--owner", "sales", "--json", "--dry-run")[1])
    assert [one["path"] for one in said["changes"]] == list(FILES)
    assert not (project / "macros").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Cents-Of"], "for example cents_of"),
        (["ref"], "for example ref_value"),
        (["current_timestamp", "--owner", "sales"], "dbt has a macro 'current_timestamp'"),
        (["cents_of"], "--owner GROUP: there are sales, growth"),
        (["cents_of", "--owner", "sale"], "did you mean 'sales'?"),
        (["cents_of", "--argument", "if"], "no word of Jinja"),
        (["cents_of", "--argument", "a:text"], "dbt knows no type 'text'"),
        (["cents_of", "--argument", "a", "--argument", "a"], "is there twice"),
        (["cents_of", "--owner", "sales", "--folder", "models"], "a folder below macros"),
        (["cents_of", "--package"], "names no local package"),
        (["mine", "--owner", "sales"], "there is a macro MINE already"),
    ],
)
def test_what_cannot_be_is_refused_with_what_could(new_macro, project, arguments, said) -> None:
    write(project, {"macros/others.sql": "{% macro MINE() %}1{% endmacro %}"})
    code, out, err = new_macro(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert [path.name for path in (project / "macros").iterdir()] == ["others.sql"]
