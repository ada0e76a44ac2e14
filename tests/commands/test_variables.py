import pytest

from platform_cli.commands._variables import variables
from platform_cli.errors import PlatformError


def test_variables_are_a_yaml_mapping_or_none() -> None:
    assert variables("{a: 1, b: [x]}") == {"a": 1, "b": ["x"]}
    assert variables("a: 1") == {"a": 1}
    assert [variables(text) for text in (None, "", "{}", "# none")] == [{}, {}, {}, {}]


@pytest.mark.parametrize(
    ("text", "words"), [("{a: ", "not YAML"), ("[1]", "mapping"), ("a", "mapping")]
)
def test_anything_else_is_refused_with_an_example(text, words) -> None:
    with pytest.raises(PlatformError, match=words) as error:
        variables(text)
    assert "--vars '{name: value}'" in error.value.hint
