import re

import pytest

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.sql.template import Marked

TEXT = """-- {{ 'x' }}
{%- set q %} hidden {{ 1 }} text {% endset %}
select {{ q }}, {% for i in [1, 2] -%}
  one{{ i }} as b,
{%- endfor %} {% raw %}{{ raw }}{% endraw %} {# c #} z
{%- if true %} from t {% elif x %} q {% else %} from u {% endif %}
where {{- ' y' -}}   {{ 'long' }}\u00e9 end
"""


def words(text: str) -> list[tuple[str, int, int, bool]]:
    rendered = Marked(text, 0, len(text)).render({})
    return [
        (word[0], *rendered.place(word.start(), word.end())[:2], rendered.is_verbatim(word.start()))
        for word in re.finditer(r"\w+", rendered.text)
    ]


def test_what_is_written_by_hand_has_its_own_place_and_the_rest_that_of_its_expression() -> None:
    lines = TEXT.split("\n")
    for word, line, column, is_verbatim in words(TEXT):
        there = lines[line - 1][column - 1 :]
        if is_verbatim:
            assert there.startswith(word[:3]), (word, line, column)
        else:
            assert there.startswith(("q", "' y'", "'x'", "'long'")), (word, there)


def test_loops_lead_to_one_place_and_branches_to_their_own() -> None:
    found = words(TEXT)
    assert [one[1:3] for one in found if one[0].startswith("one")] == [(4, 3), (4, 3)]
    assert ("t", 6, 21, True) in found
    assert ("end", 7, 36, True) in found


def test_the_text_is_what_jinja_makes_of_it() -> None:
    rendered = Marked(TEXT, 0, len(TEXT)).render({})
    assert rendered.text.startswith("-- x\nselect  hidden 1 text , one1 as b,one2 as b, {{ raw }}")


def test_a_text_that_somebody_looks_into_has_no_marks() -> None:
    text = "{% set n %}abc{% endset %}{% macro m() %}ab{% endmacro %}{{ n | length }}"
    assert Marked(text, 0, len(text)).render({}).text == "3"


def test_a_part_of_a_file_has_places_in_the_file() -> None:
    text = "{% snapshot s %}\n select {{ 1 }} as a\n{% endsnapshot %}"
    start, stop = text.index("\n"), text.index("{% end")
    rendered = Marked(text, start, stop).render({})
    at = rendered.text.index("as a")
    assert rendered.place(at, at + 2) == (2, 17, 2, 19)


@pytest.mark.parametrize("text", ["{% if %}", "a {{ b "])
def test_broken_jinja_is_broken(text) -> None:
    with pytest.raises(BrokenJinja):
        Marked(text, 0, len(text))


def test_outputs_without_a_place_are_unknown() -> None:
    text = "{% print 1 %}{{ 2 }}"
    with pytest.raises((Unknown, BrokenJinja)):
        Marked(text, 0, len(text))


def test_what_a_block_makes_of_its_text_comes_from_its_first_tag() -> None:
    text = (
        "select {{ 'a' }},\n"
        "{% filter upper %}b{{ 'c' }}{% endfilter %} as d, \n"
        "{%- call m() %}{% filter lower %}E{% endfilter %}{{ 'f' }}{% endcall %} as {{ 'g' }}"
        " from t"
    )
    rendered = Marked(text, 0, len(text)).render({"m": lambda caller: f"<{caller()}>"})
    assert rendered.text == "select a,\nBC as d,<ef> as g from t"
    for word, place in {"BC": (2, 1), "ef": (3, 1), "g": (3, 79), "t": (3, 91)}.items():
        at = re.search(rf"\b{word}\b", rendered.text).start()  # type: ignore[union-attr]
        assert rendered.place(at, at + 1)[:2] == place
        assert rendered.is_verbatim(at) == (word == "t")


def test_a_block_whose_text_is_taken_up_has_no_marks() -> None:
    text = "{% set n %}{% filter upper %}ab{% endfilter %}{% endset %}{{ n | length }} {{ n }}"
    assert Marked(text, 0, len(text)).render({}).text == "2 AB"
