"""What we say dbt will stop at when it compiles, and what it then does."""

from pathlib import Path

import pytest

from platform_cli import dbt_runner
from platform_cli.project.project import Project
from tests.read_builders import a_project

STOPS = {
    "plain": "select\n  {{ no_such('a') }} as id",
    "as_argument": "select {{ upper_of(no_such()) }} as id",
    "in_set": "{% set x = no_such() %} select 1 as id",
    "in_set_block": "{% set x %}{{ no_such() }}{% endset %} select 1 as id",
    "in_test": "select 1 as id {% if no_such() %}{% endif %}",
    "in_loop_list": "select 1 as id {% for x in no_such() %}{% endfor %}",
    "in_filter": "select {{ no_such() | default('1') }} as id",
    "left_of_or": "select {{ no_such() or 1 }} as id",
    "of_package": "select {{ tools.no_such() }} as id",
    "of_dbt": "select {{ dbt.no_such() }} as id",
    "own_macro_by_plain_name": "{% macro mine() %}1{% endmacro %} select {{ mine() }} as id",
    "other_package_by_plain_name": "select {{ from_tools() }} as id",
}
GOES_ON = {
    "mentioned": "select '{{ no_such }}' as id",
    "in_if": "select 1 as id {% if false %}{{ no_such() }}{% endif %}",
    "in_if_parsing": "select 1 as id {% if not execute %}{{ no_such() }}{% endif %}",
    "in_ternary": "select {{ no_such() if no_such is defined else 1 }} as id",
    "right_of_and": "select {{ 1 if (false and no_such()) else 2 }} as id",
    "in_loop": "select 1 as id {% for x in [] %}{{ no_such() }}{% endfor %}",
    "in_macro": "{% macro never() %}{{ no_such() }}{% endmacro %} select 1 as id",
    "in_call_block": "{% call quiet() %}{{ no_such() }}{% endcall %} select 1 as id",
    "in_comment": "{# {{ no_such() }} #} select 1 as id",
    "raw": "select '{% raw %}{{ no_such() }}{% endraw %}' as id",
    "set_by_itself": "{% set f = upper_of %} select {{ f('1') }} as id",
    "loop_variable": "select 1 as id {% for f in [upper_of] %} -- {{ f('x') }}\n{% endfor %}",
    "own_macro": "select {{ upper_of('1') }} as id",
    "macro_of_package": "select {{ tools.from_tools() }} as id",
    "of_dbt_itself": "select {{ dbt.string_literal('a') }} as id, '{{ type_string() }}' as b",
    "of_jinja": "select {{ range(1) | list | length }} as id, {{ dict(a=1).a }} as b"
    " {% set n = namespace(x=1) %}{% set c = cycler(1) %}{% set j = joiner() %}",
    "of_dbts_names": "select '{{ local_md5('a') }}' as id, '{{ set([1]) }}' as b"
    " {{ log('x') }} {{ print('') }} {% do zip([1], [2]) %} {{ var('x', '') }}"
    " {{ env_var('NO_SUCH_ENV', '') }} {% do tojson({}) %} {% do diff_of_two_dicts({}, {}) %}",
    "comparison": "select {{ 1 if 1 > 2 > no_such() else 2 }} as id",
}
FILES = {
    "macros/m.sql": "{% macro upper_of(x) %}upper('{{ x }}'){% endmacro %}"
    "{% macro quiet() %}{% if false %}{{ caller() }}{% endif %}{% endmacro %}",
    "dbt_packages/tools/dbt_project.yml": "name: tools\n",
    "dbt_packages/tools/macros/t.sql": "{% macro from_tools() %}1{% endmacro %}",
    "packages.yml": "packages: []\n",
    **{f"models/{name}.sql": text for name, text in (STOPS | GOES_ON).items()},
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_project(tmp_path_factory.mktemp("undefined"), FILES)


@pytest.fixture(scope="module")
def said(root: Path) -> dict[str, tuple[int, int]]:
    problems = [one for one in Project.load(root).problems if one.kind == "macro"]
    return {Path(one.path).stem: (one.line, one.column) for one in problems}


@pytest.fixture(scope="module")
def failed(root: Path) -> set[str]:
    """The models at which dbt stops. `dbt compile` would tell the first of them only."""
    result = dbt_runner.run(root, dbt_runner.Options())
    assert {node.name for node in result.nodes} == (STOPS | GOES_ON).keys()
    return {node.name for node in result.failed}


def test_dbt_stops_at_what_we_say_and_at_nothing_else(said, failed) -> None:
    assert failed == STOPS.keys()
    assert said.keys() == STOPS.keys()


def test_the_place_is_the_call(said) -> None:
    assert said["plain"] == (2, 6)


def test_dbts_own_names_are_known() -> None:
    """Else one of them would be told as a macro that does not exist."""
    from dbt.context.providers import ModelContext

    from platform_cli.project.jinja.undefined_calls import _known

    project = Project.load(Path(__file__).parents[1] / "jinja_project")
    assert set(ModelContext._context_members_) <= _known(project.scope(project.name))
