from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from platform_cli.project.jinja.dialect import parse
from platform_cli.project.jinja.names_at_parse import NamesAtParse
from platform_cli.project.jinja.pieces import take_apart
from platform_cli.project.jinja.rendered_pieces import render_pieces
from platform_cli.project.jinja.static_pieces import fold
from platform_cli.project.jinja.static_walk import walk
from platform_cli.project.jinja.undefined_calls import undefined_calls

RENDERED = [
    "{{ parent_of('a') }}",
    "{{- parent_of(\n'a') -}}",
    "{{ parent_of(name='a') }}",
    "{{ parent_of(['a', 'b'][1]) }}",
    "{{ pkg.union_of(['a', 'b']) }}",
    "{{ ref(var('nothing', 'a')) }}",
    "{{ config(alias=var('nothing', 'z')) }}",
    "{{ x and ref('a') }}",
    "{{ 1 and ref('b') }}",
    "{{ parent_of('a', name='b') }}",
    "{{ return(1) }}",
    "{{ 1 / 0 }}",
    "{% do config({'tags': 'k'}) %}",
    "{% for n in ['a', 'b'] %}{% set m = n %}\n{{ ref(m) }}{% endfor %}",
    "{% if target.type == 'duckdb' %}{{ ref('a') }}{% endif %}",
    "{% if target.type == 'x' %}\n{% elif ref('b') %}{{ ref('c') }}{% endif %}",
    "{% if x %}{{ ref('a') }}{% else %}\n{{ parent_of('a') }}{% endif %}",
]
PIECES = [
    "select '{' || \"}\" from a -- {} %} #} }}\n",
    "\r\n",
    "{{ ref('a') }}",
    "{{- ref('b', v=2) -}}",
    '{{ source("raw",\n "orders") }}',
    "{{ config(materialized='table', tags=['x']) }}",
    "{{ config(meta={'a': {'b': '}}'}}, tags='y') }}",
    "{{ config(pre_hook='select 1') }}",
    "{{ this }}",
    "{{ '%}' ~ \"{{\" }}",
    "{{ {'a': 1}['a'] }}",
    "{{ f( }}",
    "{{ ) }}",
    "{{ 'it\\'s' }}",
    "{{ ' }}",
    "{{ pkg.hello('x') }}",
    "{{ nobody('x') }}",
    "{{ parent_of('a') }}",
    "{{ x | upper }}",
    "{{ x | nonsense }}",
    "{{ 7 % 2 }}",
    "{# {{ ref('c') }} #}",
    "{#-#}",
    "{#",
    "{% raw %}",
    "{% endraw %}",
    "{% if is_incremental() %}",
    "{%- if execute -%}",
    "{% if not execute %}",
    "{% if var('x') %}",
    "{% if ref('d') %}",
    "{% elif execute %}",
    "{% elif y %}",
    "{% else %}",
    "{% else: %}",
    "{% endif %}",
    "{% endif x %}",
    "{% for n in [1, 2] %}",
    "{% for ref in [1] %}",
    "{% for n in ref('e') if n %}",
    "{% endfor -%}\n",
    "{% set r = 1 %}",
    "{% set r = ref('f') %}",
    "{% set execute = 1 %}",
    "{% set r %}",
    "{% endset %}",
    "{% do config(alias='q') %}",
    "{% do [].append(1) %}",
    "{% macro m() %}",
    "{% endmacro %}",
    "{{ '{% endif %}' }}",
]


def _facts(found):
    references, config = found
    return [(r.kind, r.args, r.version, r.line) for r in references], config


def _wrapped(inner):
    around = [
        ("{% if is_incremental() %}", "{% endif %}"),
        ("{% if execute %}", "{% else %}{{ ref('h') }}{% endif %}"),
        ("{% if not execute %}", "{% elif zz %}{{ ref('i') }}{% endif %}"),
        ("{% if zz %}", "{% elif not execute %}{{ this }}{% endif %}"),
        ("{% for n in [1] %}", "{% else %}{{ this }}{% endfor %}"),
        ("{% set text %}", "{% endset %}"),
        ("{#", "#}"),
        ("{% raw %}", "{% endraw %}"),
    ]
    return st.tuples(st.sampled_from(around), inner).map(lambda pair: pair[1].join(pair[0]))


def _texts(pieces):
    return st.recursive(
        st.sampled_from(pieces), lambda one: st.one_of(st.lists(one).map("".join), _wrapped(one))
    )


def test_the_pieces_say_what_the_whole_syntax_says(jinja_project):
    scope = jinja_project.scope("shop")

    @settings(max_examples=600, deadline=None)
    @given(_texts(PIECES))
    @example("{% if execute %}{% set ref = 1 %}{% endif %}{{ ref('a') }}")
    @example("{{ ref('a') }}\r{{ ref('b') }}")
    @example("{% if not execute %}{{ ref('a') }}{% elif ref('b') %}{{ ref('c') }}{% endif %}")
    @example("{% if execute %}\n{% elif ref('b') %}{% endif %}")
    def compare(text):
        pieces = take_apart(text)
        if pieces is None or (folded := fold(pieces, text, scope)) is None:
            return
        tree = parse(text)
        walked = walk(tree, scope.macros, "shop")
        assert walked is not None
        assert _facts(folded) == _facts(walked)
        assert undefined_calls(tree, text, scope) == ()

    compare()


def test_rendering_the_pieces_records_what_rendering_the_whole_does(jinja_project):
    scope = jinja_project.scope("shop")
    record = NamesAtParse(scope)
    node = SimpleNamespace(name="this_one")
    rendered = 0

    @settings(max_examples=600, deadline=None)
    @given(_texts([*RENDERED, *RENDERED, *PIECES]))
    @example("{% for n in ['a'] %}{{ ref(n) }}{% endfor %}\n\n{{ parent_of('a') }}{{ ref('b') }}")
    def compare(text):
        nonlocal rendered
        pieces = take_apart(text)
        record.start(node)
        if pieces is None or not render_pieces(pieces, text, record, scope):
            return
        rendered += 1
        found = _facts((record.references, record.config))
        record.start(node)
        tree = parse(text)
        assert undefined_calls(tree, text, scope) == ()
        record.render(text, tree)
        assert found == _facts((record.references, record.config))

    compare()
    assert rendered > 50


@pytest.mark.parametrize(
    "text",
    [
        "{{ config(tags='x') }}{{ ref('a') }}{% if is_incremental() %}{{ this }}{% endif %}",
        "{% for n in ['a', 'b'] %}{{ n }}{% if not loop.last %},{% endif %}{% endfor %}",
        "{%- set kinds = ['a', 'b'] -%}{{ kinds | join(', ') }} from {{- ref('a', v=2) }}",
        "{# a comment, {% if %} #}{{ config(meta={'a': {'b': 1}}) }}",
        "{% set text %}{{ ref('a') }}{% endset %}{{ text }}",
    ],
)
def test_what_models_are_made_of_needs_no_more_than_the_pieces(jinja_project, text):
    pieces = take_apart(text)
    assert pieces is not None
    assert fold(pieces, text, jinja_project.scope("shop")) is not None


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'it\\'s' }}",
        "{{ ' }}",
        "{{ 7 % 2 }}",
        "{{ { }}",
        "{#",
        "{% raw %}{{ ref('a') }}{% endraw %}",
        "{% macro m() %}{% endmacro %}",
        "{% call m() %}{% endcall %}",
        "{% if x %}",
        "{% endif %}",
        "{% if x %}{% else %}{% else %}{% endif %}",
        "{% if x %}{% endfor %}",
        "{% for n in x %}{% elif y %}{% endfor %}",
        "{% if x %}{% endif x %}",
        "{{ a }}\r{{ b }}",
    ],
)
def test_of_what_only_jinja_can_read_there_are_no_pieces(text):
    assert take_apart(text) is None


def test_places_are_those_in_the_file(jinja_project):
    text = "{# -- #}\nselect 1\n  from {{ ref('a') }}, {{\n ref('b') }} {{ ref('c', v=1) }}"
    pieces = take_apart(text)
    assert pieces is not None
    folded = fold(pieces, text, jinja_project.scope("shop"))
    assert folded is not None
    assert [(r.line, r.column) for r in folded[0]] == [(3, 11), (4, 2), (4, 0)]
