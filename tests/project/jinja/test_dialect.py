import jinja2
import pytest
from dbt_common.clients.jinja import get_template, render_template

from platform_cli.project.jinja.dialect import BrokenJinja, render_text, render_value
from platform_cli.project.jinja.names import builtin_names

NAMES = {"n": 3, "text": "3", "flag": True, "nothing": None, "items": [1, 2], "map": {"a": 1}}
VALUES = [
    "plain",
    "line\n",
    "two\n\n",
    "a\r\nb",
    "",
    "1",
    "{{ n }}",
    "{{ text }}",
    "{{ text | as_native }}",
    "{{ text | as_number }}",
    "{{ n | as_text }}",
    "{{ 'True' | as_bool }}",
    "{{ flag | as_bool }}",
    "{{ flag }}",
    "{{ nothing }}",
    "{{ items }}",
    "{{ map }}",
    "{{ map.a }}{{ n }}",
    "between {{ n }} and {{ n }} or {{ n }}",
    "{{ n }} ",
    " {{ n }}",
    "{{ '[1, 2]' | as_native }}",
    "{{ 'x y' | as_native }}",
    "{{ items | is_list }}",
    "{% set x = 1 %}{{ x }}",
    "{# only a comment #}",
    "{{ 1 }}{# and a comment #}",
    "{{ 'quoted' }}",
    "{{ \"'quoted'\" }}",
    "{% do items %}",
    "{{ 1.50 }}",
    "{{ undefined_name }}!",
]


@pytest.mark.parametrize("text", VALUES)
def test_values_become_what_dbt_makes_of_them(text):
    theirs = render_template(get_template(text, NAMES, native=True), NAMES)
    ours = render_value(text, NAMES)
    assert ours == theirs
    # dbt lets its own kinds of text out; they are text all the same.
    assert type(ours) is (str if isinstance(theirs, str) else type(theirs))


@pytest.mark.parametrize("text", VALUES)
def test_text_becomes_what_dbt_makes_of_it(text):
    if "{" in text:
        theirs = render_template(get_template(text, NAMES), NAMES)
        assert render_text(text, NAMES) == theirs
    else:
        assert render_text(text, NAMES) == text


def test_an_unknown_name_alone_stays_undefined_as_in_dbt():
    assert isinstance(render_value("{{ undefined_name }}", NAMES), jinja2.Undefined)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ 'x' | as_bool }}", "'bool'"),
        ("{{ 'x' | as_number }}", "'number'"),
        ("{{ undefined_name.attribute }}", "undefined"),
        ("{{ ''.__class__.mro }}", "unsafe"),
        ("{{ unknown() }}", "undefined"),
        ("{{ 1 +", "unexpected"),
        ("{{ return(1) }}", "in a macro only"),
        ("{{ ways_out.__globals__.os }}", "unsafe"),
        ("{% include 'profiles.yml' %}", "no loader"),
    ],
)
def test_what_dbt_cannot_render_is_broken(text, words):
    names = {**builtin_names({}), **NAMES, "ways_out": render_value}
    with pytest.raises(BrokenJinja, match=words):
        render_value(text, names)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ways_out.__globals__ }}",
        "{{ ways_out | attr('__globals__') }}",
        "{{ ways_out['__globals__'] }}",
        "{{ '{0.__globals__}'.format(ways_out) }}",
    ],
)
def test_no_text_gets_from_a_function_to_its_module(text):
    assert render_text(text, {"ways_out": render_value}) == ""


def test_an_unknown_name_is_silent_while_parsing():
    text = "[{{ unknown('x').more['y'] }}{% for x in unknown.list %}{{ x }}{% endfor %}]"
    assert render_text(text, {}, silent=True) == "[]"
