from datetime import date

from platform_cli.project.files.yaml_values import has_jinja, plain_text, render_tree


def test_only_wanted_strings_with_jinja_are_rendered() -> None:
    value = {"a": "{{ x }}", "b": ["{{ y }}", 1], "c": {"d": "plain"}}
    seen = render_tree(value, lambda text, path: (text, path), lambda path: path[0] != "a")
    assert seen == {"a": "{{ x }}", "b": [("{{ y }}", ("b", 0)), 1], "c": {"d": "plain"}}


def test_a_value_without_work_is_not_copied() -> None:
    value = {"a": ["b", 1, None]}
    assert render_tree(value, lambda text, _: text, lambda _: True) is value


def test_dates_become_text() -> None:
    assert render_tree([date(2024, 1, 31)], lambda t, _: t, lambda _: True) == ["2024-01-31"]


def test_plain_text_loses_one_line_end() -> None:
    assert plain_text("a\r\nb\n\n") == "a\nb\n"


def test_braces_alone_are_no_jinja() -> None:
    assert not has_jinja("{a: {b}}")
    assert has_jinja("a {# comment #}")
