import pytest

from platform_cli.project.jinja.dialect import BrokenJinja
from platform_cli.project.jinja.python_models import read_python

MODEL = """
def model(dbt, session):
    dbt.config(materialized="table", packages=["a"])
    dbt.config(packages=["b"])
    first = dbt.ref("a")
    both = [dbt.ref("pkg", "b", v=2), dbt.source("raw", "orders")]
    value = dbt.config.get("limit", 3)
    other.ref("not_dbt")
    return first.join(dbt.ref("c").limit(2)).select("x")
"""


def test_literal_calls_are_read_in_dbts_order():
    facts = read_python(MODEL, "m.py")
    assert [(r.kind, r.args, r.version) for r in facts.references] == [
        ("ref", ("a",), None),
        ("ref", ("pkg", "b"), 2),
        ("source", ("raw", "orders"), None),
        ("ref", ("c",), None),
    ]
    assert facts.references[0].line == 5
    assert facts.config["packages"] == ["a", "b"]
    assert facts.config["config_keys_used"] == ["limit"]
    assert facts.config["config_keys_defaults"] == [3]


@pytest.mark.parametrize(
    "text", ["def model(", "def model(dbt, s):\n    return dbt.ref(name)", "dbt.config('x')"]
)
def test_what_dbt_refuses_is_broken(text):
    with pytest.raises(BrokenJinja) as broken:
        read_python(text, "m.py")
    assert broken.value.line
