import pytest

from platform_cli.project.jinja.dialect import parse
from platform_cli.project.jinja.names_at_parse import NamesAtParse
from platform_cli.project.jinja.static_walk import walk
from platform_cli.project.resources import Model


def test_the_walk_agrees_with_rendering_wherever_it_dares_to_answer(jinja_project):
    answered = 0
    for unique_id, node in jinja_project.resources.items():
        if not isinstance(node, Model):
            continue
        scope = jinja_project.scope(node.package_name)
        text = jinja_project.raw_code(unique_id)
        walked = walk(parse(text), scope.macros, scope.package)
        if walked is None:
            continue
        record = NamesAtParse(scope)
        record.start(node)
        record.render(text)
        seen = [(r.kind, r.args, r.version) for r in record.references]
        assert ([(r.kind, r.args, r.version) for r in walked[0]], walked[1]) == (
            seen,
            record.config,
        ), unique_id
        answered += 1
    assert answered > 60


@pytest.mark.parametrize(
    "text",
    [
        "{% if var('x') %}{{ ref('a') }}{% endif %}",
        "{{ ref('a') if x else ref('b') }}",
        "{% for n in [1] %}{{ ref('a') }}{% endfor %}",
        "{% set r = ref %}{{ r('a') }}",
        "{% set m = parent_of %}{{ m('a') }}",
        "{% set u = pkg %}{{ u.union_of(['a']) }}",
        "{% set ref = 1 %}{{ ref }}",
        "{{ builtins.ref('a') }}",
        "{{ context['ref']('a') }}",
        "{% call wrap() %}{{ ref('a') }}{% endcall %}",
        "{{ parent_of('a') }}",
        "{{ adapter.dispatch('hello', 'pkg')('x') }}",
        "{{ x and ref('a') }}",
        "{{ ref(name) }}",
        "{{ config(**options) }}",
        "{{ render(text) }}",
        "{% macro mine() %}{{ ref('a') }}{% endmacro %}",
    ],
)
def test_what_is_not_certain_is_handed_on(jinja_project, text):
    scope = jinja_project.scope("shop")
    assert walk(parse(text), scope.macros, "shop") is None
