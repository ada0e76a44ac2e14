"""What our own macros may know of dbt's graph, and nobody else's."""

import pytest
from msgspec.structs import replace

from platform_cli.project.jinja.render import compile_model
from platform_cli.project.resources import Undecided
from tests.read_builders import load

OURS = "dbt_packages/platform_macros"
FIND = """\
{% macro history_of(history) %}
  {%- set nodes = graph.get('nodes').values() if execute else [] -%}
  {%- for node in nodes if node.resource_type == 'snapshot' -%}
    {%- if history.render() in [node.relation_name, (node.get('defer_relation') or {}).get('x')] -%}
      {%- set config = node.config -%}
      {{ return({'name': node.name, 'key': config.get('unique_key'), 'not': config.get('x')}) }}
    {%- endif -%}
  {%- endfor -%}
  {{ return({}) }}
{% endmacro %}
"""
FILES = {
    "snapshots/snp.yml": """\
        snapshots:
          - name: snp
            relation: ref('people')
            config: {unique_key: id, strategy: check, check_cols: all, schema: kept}
        """,
    "packages.yml": "packages: [{local: elsewhere}]\n",
    f"{OURS}/dbt_project.yml": "name: platform_macros\n",
    f"{OURS}/macros/history_of.sql": FIND,
    "models/people.sql": "select 1 as id",
    "models/asks.sql": "select '{{ platform_macros.history_of(ref('snp')) }}'",
    "models/asks_of_a_model.sql": "select '{{ platform_macros.history_of(ref('people')) }}'",
    "models/is_none.sql": "select '{{ model.get('attached_node') }}'",
}


def test_our_macro_finds_a_snapshot(tmp_path):
    project = load(tmp_path, FILES)
    assert compile_model(project, "model.shop.asks").sql == (
        "select '{'name': 'snp', 'key': 'id', 'not': None}'"
    )
    assert compile_model(project, "model.shop.asks_of_a_model").sql == "select '{}'"
    assert compile_model(project, "model.shop.is_none").sql == "select 'None'"


def test_a_projects_macro_of_the_same_name_and_text_does_not(tmp_path):
    project = load(
        tmp_path,
        FILES
        | {
            "macros/history_of.sql": FIND,
            "models/both.sql": (
                "{{ platform_macros.history_of(ref('snp')) }}{{ history_of(ref('snp')) }}"
            ),
        },
    )
    both = compile_model(project, "model.shop.both")
    assert isinstance(both, Undecided)
    assert both.reason == "graph is known only to dbt"
    assert "snp" in compile_model(project, "model.shop.asks").sql


@pytest.mark.parametrize("key", ["config.unique_key", "config.x", "config", "alias", "enabled"])
def test_what_is_undecided_of_a_snapshot_is_not_guessed(tmp_path, key):
    project = load(tmp_path, FILES)
    snapshot = project.resources["snapshot.shop.snp"]
    why = {key: Undecided("nobody knows")}
    config = {name: it for name, it in snapshot.config.items() if f"config.{name}" != key}
    project.resources[snapshot.unique_id] = replace(snapshot, config=config, undecided=why)
    asked = compile_model(project, "model.shop.asks")
    assert isinstance(asked, Undecided)
    assert "while dbt parses" not in asked.reason


@pytest.mark.parametrize(
    "question",
    [
        "graph.sources",
        "graph.get('sources')",
        "graph['nodes']['model.shop.people']",
        "graph.nodes | length",
        "graph.nodes | list",
        "graph.nodes.keys() | list",
        "graph.nodes.items() | list",
        "graph.nodes.get('model.shop.people')",
        "graph.nodes.values() | map(attribute='name') | list",
        "graph.nodes.values() | map('string') | list",
        "graph.nodes.values() | selectattr('config.materialized', 'eq', 'view') | list",
        "(graph.nodes.values() | list)[0] == 1",
        "graph",
    ],
)
def test_our_macro_learns_nothing_else(tmp_path, question):
    asking = (
        "{% macro history_of(history) %}{% if execute %}"
        f"{{{{ {question} }}}}{{% endif %}}{{% endmacro %}}"
    )
    project = load(tmp_path, FILES | {f"{OURS}/macros/history_of.sql": asking})
    assert not project.resources["model.shop.asks"].undecided
    assert isinstance(compile_model(project, "model.shop.asks"), Undecided)
