from platform_cli.project.project import Project
from platform_cli.project.resources import Argument
from tests.read_builders import load

YAML = """\
macros:
  - name: cents_of
    description: Whole cents.
    config: {meta: {tier: 1}}
    arguments:
      - {name: amount, type: string, description: In euros.}
      - name: places
  - name: of_nobody
    description: There is no such macro.
"""


def test_the_macros_that_a_file_describes_are_told_and_kept(tmp_path) -> None:
    project = load(
        tmp_path,
        {
            "macros/money.sql": "{% macro cents_of(amount, places) %}1{% endmacro %}",
            "macros/deep/money.yml": YAML,
        },
    )
    for one in (project, Project.load(tmp_path)):  # the second from the cache
        [macro] = one.macros.values()
        assert macro.unique_id == "macro.shop.cents_of"
        assert (macro.path, macro.properties_path) == ("macros/money.sql", "macros/deep/money.yml")
        assert (macro.description, macro.meta) == ("Whole cents.", {"tier": 1})
        assert list(macro.arguments.values()) == [
            Argument("amount", "In euros."),
            Argument("places"),
        ]


def test_an_entry_of_another_shape_is_left_to_dbt(tmp_path) -> None:
    text = "macros: [{name: a, arguments: [x, {type: string}], description: [1], meta: 3}]"
    files = {"macros/a.sql": "{% macro a(x) %}1{% endmacro %}", "macros/a.yml": text}
    [macro] = load(tmp_path, files).macros.values()
    assert (macro.description, macro.meta, macro.arguments) == ("", {}, {})
