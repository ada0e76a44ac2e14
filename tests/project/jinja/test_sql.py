"""The differential test of the parser's half: every file of the corpus against real dbt."""

import json

import pytest

from platform_cli.project.jinja.dialect import BrokenJinja
from platform_cli.project.jinja.sql import read_expression, read_sql
from platform_cli.project.resources import DataTest, Node


def _facts(project, unique_id, node):
    return read_sql(
        project.raw_code(unique_id),
        node.path,
        project.scope(node.package_name),
        _view(project, unique_id, node),
        model=unique_id.startswith("model."),
    )


def _view(project, unique_id, node):
    from types import SimpleNamespace

    return SimpleNamespace(
        name=node.name,
        unique_id=unique_id,
        package_name=node.package_name,
        resource_type=unique_id.split(".")[0],
        original_file_path=node.path,
    )


def _own_sql(project, dbt_says):
    for unique_id in dbt_says["nodes"]:
        node = project.resources[unique_id]
        if isinstance(node, Node) and node.path.endswith(".sql"):
            yield unique_id, node


def test_every_file_records_what_dbt_records(jinja_project, dbt_says):
    wrong, undecided = {}, {}
    tiers = set()
    for unique_id, node in _own_sql(jinja_project, dbt_says):
        facts = _facts(jinja_project, unique_id, node)
        tiers.add(facts.tier)
        if facts.undecided:
            undecided[unique_id] = facts.undecided
        said = dbt_says["nodes"][unique_id]
        refs = [
            [ref.args[0] if len(ref.args) > 1 else None, ref.args[-1], ref.version]
            for ref in facts.references
            if ref.kind == "ref"
        ]
        sources = sorted(list(ref.args) for ref in facts.references if ref.kind == "source")
        ours = [refs, sources, json.loads(json.dumps(facts.config))]
        theirs = [said["refs"], sorted(said["sources"]), said["config"]]
        if ours != theirs:
            wrong[unique_id] = (facts.tier, ours, theirs)
    assert wrong == {}
    assert undecided == {}
    assert tiers == {"plain", "simple", "extractor", "pieces", "tree", "rendered"}


def test_generic_tests_record_what_dbt_records(jinja_project, dbt_says):
    compared = 0
    for unique_id, said in dbt_says["nodes"].items():
        node = jinja_project.resources[unique_id]
        if not isinstance(node, DataTest) or node.test_name is None:
            continue
        refs = [[None, ref.args[-1], ref.version] for ref in node.references if ref.kind == "ref"]
        assert refs == said["refs"], unique_id
        compared += 1
    assert compared >= 7


def test_references_have_their_place_in_the_file(jinja_project):
    scope = jinja_project.scope("shop")
    text = "select *\nfrom {{ ref('a') }}\njoin {{ source('raw', 'orders') }} {{ ref('a') }}"
    places = {(r.kind, r.line, r.column) for r in read_sql(text, "m.sql", scope).references}
    assert places == {("ref", 2, 9), ("ref", 3, 39), ("source", 3, 9)}


def test_a_reference_in_a_loop_has_the_line_of_its_call(jinja_project):
    text = "select 1\n{% for n in ['a', 'b'] %}\n{{ ref(n) }}\n{% endfor %}"
    facts = read_sql(text, "m.sql", jinja_project.scope("shop"))
    assert [(r.args, r.line) for r in facts.references] == [(("a",), 3), (("b",), 3)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ config(alias='x' ~ invocation_id) }}", "config.alias"),
        ("{% if flags.WHICH == 'run' %}{{ ref('a') }}{% endif %}", "references"),
        ("{{ ref(invocation_args_dict['which']) }}", "references"),
        ("{{ metric('m') }}", "references"),
    ],
)
def test_what_depends_on_the_run_is_undecided(jinja_project, text, reason):
    assert reason in read_sql(text, "m.sql", jinja_project.scope("shop")).undecided


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("select 1\n{% if x %}", 2),
        ("select {{ ref('a' }}", 1),
        ("\n\n{% nothing %}", 3),
        ("{{ ref('a', 'b', 'c') }}", 1),
        ("\n{{ exceptions.raise_compiler_error('no') }}", 2),
        ("{{ env_var('NOT_SET_ANYWHERE') }}{% if x %}{{ ref('a') }}{% endif %}", 1),
    ],
)
def test_what_dbt_refuses_is_broken_at_its_line(jinja_project, text, line):
    with pytest.raises(BrokenJinja) as broken:
        read_sql(text, "m.sql", jinja_project.scope("shop"))
    assert broken.value.certain
    assert broken.value.line == line


def test_a_reference_written_in_yaml_is_read():
    assert read_expression("ref('x', v=2)").version == 2
    assert read_expression("source('a', 'b')").args == ("a", "b")
    assert read_expression("'just text'") is None
