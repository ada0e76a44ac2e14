# ruff: noqa: E501  (YAML and Jinja read better on one line)
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from platform_cli.project.files.fast_yaml import fast_load

WORDS = st.sampled_from(
    ["yes", "No", "on", "~", "null", "12", "0o7", "017", "1_000", "1:30", "1e3", "1.5e+3", ".inf",
     ".nan", "2024-01-31", "2024-01-31 10:00:00", "=", "<<", "a", "-", "x: y", "&a b", "*a", "!!str 1",
     "{{ var('x') }}", "'quoted'", '"a\\nb"', "[1, two]", "{a: 1, a: 2}", "|\n  text\n  more", ""]
)  # fmt: skip
TEXTS = st.lists(st.tuples(st.sampled_from(["", "- ", "a: ", "b:\n  ", "12: "]), WORDS)).map(
    lambda parts: "\n".join(prefix + word for prefix, word in parts)
)


@given(TEXTS)
def test_it_gives_what_pyyaml_gives(text: str) -> None:
    try:
        wanted = repr(yaml.load(text, yaml.CSafeLoader))
    except (yaml.YAMLError, ValueError, TypeError) as error:
        with pytest.raises(type(error)):
            fast_load(text)
    else:
        assert repr(fast_load(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1]\nb: *x\n",
        "base: &b {k: 1}\nnew:\n  <<: *b\n  l: 2\n",
        "!!set {a, b}",
        "? [1]\n: 2",
    ],
)
def test_unusual_yaml_is_left_to_pyyaml(text: str) -> None:
    try:
        wanted = yaml.load(text, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        with pytest.raises(type(error)):
            fast_load(text)
    else:
        assert fast_load(text) == wanted
