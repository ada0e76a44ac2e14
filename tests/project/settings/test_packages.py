from pathlib import Path

from platform_cli.project.project import Project
from platform_cli.project.resources import Model
from tests.builders import write
from tests.read_builders import a_project

PACKAGE = {
    "lib/dbt_project.yml": "name: tools\n",
    "lib/macros/one.sql": "{% macro one() %}1{% endmacro %}\n",
    "lib/models/tool.sql": "select 1 as id\n",
    "models/a.sql": "select {{ tools.one() }} as id from {{ ref('tool') }}\n",
}


def read(root: Path) -> Project:
    return Project.load(root)


def test_a_local_package_is_read_before_dbt_has_linked_it(tmp_path) -> None:
    a_project(tmp_path, {**PACKAGE, "packages.yml": "packages: [{local: lib}]\n"})
    before = read(tmp_path)
    assert [one.kind for one in before.problems if one.kind in ("package", "ref", "jinja")] == []
    tool = before.model("tool")
    assert (tool.package_name, tool.path) == ("tools", "lib/models/tool.sql")
    assert before.model("a").depends_on == ("model.tools.tool",)
    (tmp_path / "dbt_packages").mkdir()
    (tmp_path / "dbt_packages" / "lib").symlink_to(tmp_path / "lib")
    after = read(tmp_path)
    assert after.model("tool").path == "dbt_packages/lib/models/tool.sql"
    assert len([*after.of(Model)]) == len([*before.of(Model)])


def test_an_edit_of_it_is_seen(tmp_path) -> None:
    a_project(tmp_path, {**PACKAGE, "packages.yml": "packages: [{local: ./lib}]\n"})
    read(tmp_path)
    write(tmp_path, {"lib/models/more.sql": "select 1 as id\n"})
    assert read(tmp_path).model("more").package_name == "tools"


def test_what_has_to_be_downloaded_is_still_missing(tmp_path) -> None:
    wanted = "packages: [{local: lib}, {package: a/b, version: 1.0.0}]\n"
    a_project(tmp_path, {**PACKAGE, "packages.yml": wanted})
    said = [one.message for one in read(tmp_path).problems if one.kind == "package"]
    assert said == ["2 packages wanted, but 1 installed in dbt_packages"]


def test_a_local_package_that_is_not_there_is_said(tmp_path) -> None:
    a_project(tmp_path, {"packages.yml": "packages: [{local: nowhere}]\n"})
    said = [one.message for one in read(tmp_path).problems if one.kind == "package"]
    assert said == ["The package nowhere is not there: no nowhere/dbt_project.yml"]
