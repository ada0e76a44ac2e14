"""A group that does not exist is shown where it is written."""

from pathlib import Path

import pytest

from tests.read_builders import load

ENTRY = "models:\n  - name: a\n    description: of a\n"
CONFIG = f"{ENTRY}    config:\n      group: netwrok\n"
SQL = "{{ config(\n  materialized='table',\n  group='netwrok'\n) }} select 1"
PROJECT = """\
name: shop
profile: shop
models:
  shop:
    +group: netwrok
"""


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"models/_a.yml": CONFIG}, "models/_a.yml:5:7"),
        ({"models/_a.yml": f"{ENTRY}    group: netwrok\n"}, "models/_a.yml:4:5"),
        ({"models/_a.yml": f"{ENTRY}    config: {{group: netwrok}}\n"}, "models/_a.yml:4:14"),
        ({"models/a.sql": SQL, "models/_a.yml": CONFIG}, "models/a.sql:3:3"),
        ({"models/a.py": "def model(dbt, session):\n    dbt.config(group='netwrok')\n"
          "    return dbt.ref('b')\n", "models/a.sql": None, "models/b.sql": "select 1"},
         "models/a.py:2:16"),
        ({"dbt_project.yml": PROJECT, "models/_a.yml": ENTRY}, "dbt_project.yml:5:5"),
    ],
)  # fmt: skip
def test_the_place_is_where_dbt_takes_the_group_from(
    tmp_path: Path, files: dict[str, str | None], place: str
) -> None:
    written = {"models/a.sql": "select 1"} | files
    groups = "groups:\n  - {name: network, owner: {email: n@example.org}}\n"
    project = load(
        tmp_path,
        {"models/_groups.yml": groups}
        | {path: text for path, text in written.items() if text is not None},
    )
    [problem] = [one for one in project.problems if one.kind == "group"]
    assert str(problem.where) == place
    assert problem.hint == "did you mean 'network'?"


def test_a_group_put_together_by_jinja_has_its_file(tmp_path: Path) -> None:
    project = load(tmp_path, {"models/a.sql": "{{ config(group='net' ~ 'wrok') }} select 1"})
    [problem] = [one for one in project.problems if one.kind == "group"]
    assert str(problem.where) == "models/a.sql"


def test_a_group_that_is_a_number_is_no_group(tmp_path: Path) -> None:
    project = load(tmp_path, {"models/a.sql": "{{ config(group=1) }} select 1"})
    [problem] = [one for one in project.problems if one.kind == "group"]
    assert problem.message == "model.shop.a is in group 1, which does not exist"
