from platform_cli.project.jinja.generic_tests import read_test
from platform_cli.project.jinja.macros import Macros
from platform_cli.project.jinja.scope import Scope

MODEL = "{{ get_where_subquery(ref('a')) }}"
OWN = "{% test own(model, to) %}{{ config(severity='warn') }}{{ ref('inside') }}{% endtest %}"


def _read(name, kwargs, namespace=None):
    macros = Macros.index([("shop", "t.sql", OWN), ("pkg", "t.sql", OWN)], "shop")
    target = {"name": "dev", "schema": "main", "database": "db"}
    scope = Scope("shop", "shop", {"n": "b"}, target, {}, macros)
    return read_test(name, namespace, kwargs, "m.yml", scope)


def _args(facts):
    return [reference.args for reference in facts.references]


def test_references_come_from_the_arguments_in_their_order():
    facts = _read("relationships", {"to": "ref('b')", "field": "id", "model": MODEL})
    assert _args(facts) == [("b",), ("a",)]
    assert facts.tier == "test"


def test_arguments_with_jinja_are_rendered():
    facts = _read("relationships", {"to": "{{ ref(var('n')) }}", "field": "x", "model": MODEL})
    assert _args(facts) == [("b",), ("a",)]


def test_the_macro_itself_may_record():
    for namespace in (None, "pkg"):
        facts = _read("own", {"to": "ref('b')", "model": MODEL}, namespace)
        assert _args(facts) == [("b",), ("a",), ("inside",)]
        assert facts.config == {"severity": "warn"}


def test_a_columns_name_is_text_whatever_it_looks_like():
    facts = _read("not_null", {"column_name": "{{ ref('never') }}", "model": MODEL})
    assert _args(facts) == [("a",)]


def test_a_test_nobody_defined_is_undecided():
    assert "references" in _read("gone", {"model": MODEL}).undecided
