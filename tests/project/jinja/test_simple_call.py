"""A call read by its pattern gives what the template of it gives."""

import pytest

from platform_cli.project.jinja import dialect
from platform_cli.project.jinja.simple_call import macro_call, simple_call

NAMES = {
    "ref": lambda *args: ("ref", args),
    "source": lambda *args: ("source", args),
    "var": {"a": [1, 2], "n": None, "t": "text\n"}.get,
    "get_where_subquery": lambda relation: ("where", relation),
}


@pytest.mark.parametrize(
    "text",
    [
        "{{ ref('x') }}",
        '{{ref("x")}}',
        "{{ ref('a', 'b') }}",
        "{{ source('a','b') }}",
        "{{ var('a') }}",
        "{{ var('n') }}",
        "{{ var('t') }}",
        "{{ var('missing', 'instead') }}",
        "{{ get_where_subquery(ref('x')) }}",
        "{{ get_where_subquery(source('a', 'b')) }}",
    ],
)
def test_a_simple_call_is_called_as_the_template_calls_it(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert simple_call(text) is not None
    called = dialect.render_value(text, NAMES)
    monkeypatch.setattr(dialect, "simple_call", lambda _text: None)
    assert dialect.render_value(text, NAMES) == called


@pytest.mark.parametrize(
    "text",
    [
        "{{ ref('x') }} ",
        "{{ ref('x', v=1) }}",
        "{{ ref('x' }}",
        "{{ ref('x')) }}",
        "{{ get_where_subquery(ref('x') }}",
        "{{ ref('it\\'s') }}",
        "{{ ref('x') | upper }}",
        "{{- ref('x') }}",
        "{{ env_var('x') }}",
        "{{ ref(name) }}",
        "plain",
    ],
)
def test_anything_else_is_left_to_jinja(text: str) -> None:
    assert simple_call(text) is None


@pytest.mark.parametrize("text", ["", "a", "a\n", "a\n\n", "a\r\nb\rc", "\n", " 'x' ", "{ a }"])
def test_text_without_jinja_is_what_its_template_gives(text: str) -> None:
    made = dialect.template(text, native=True)
    assert dialect.render_value(text, {}) == "".join(dialect.chunks(made, {}))


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("{{ cents('amount') }}", ("cents", ("amount",), {})),
        ("{{- by('x', \"y\", package='z') -}}", ("by", ("x", "y"), {"package": "z"})),
        ("{{ by(package='z', name='a b') }}", ("by", (), {"package": "z", "name": "a b"})),
        ("{{ now() }}", ("now", (), {})),
        ("{{ by('a' 'b') }}", None),
        ("{{ by(a='x', 'b') }}", None),
        ("{{ by(a='x', a='y') }}", None),
        ("{{ by(if='x') }}", None),
        ("{{ by('a',) }}", None),
        ("{{ by(, a='x') }}", None),
        ("{{ by('x') | upper }}", None),
        ("{{ by('it\\'s') }}", None),
        ("{{ pkg.by('x') }}", None),
    ],
)
def test_macros_with_texts_for_arguments(text, call):
    assert macro_call(text) == call
