import pytest

from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.sql.positions import Rendered, Segment
from platform_cli.project.sql.template import Marked
from platform_cli.style.pieces import pieces_of, walk

TEXT = """{# c #}
{%- set a = f(x=1) -%}
{% set q | upper %} hidden {% endset %}
select {% for i in [1, 2] -%}
  one{{ i }} as b,
{%- if i == 2 %} two {% elif x %} never {% else %} other {% endif %}
{%- endfor %} {% raw %}{{ raw }}{% endraw %} z
{%- if false %} from t {% endif %}
where {{- ' y' -}}   {{ 'long' }}\u00e9 end
"""


def way(text: str) -> list[tuple[str, str]]:
    """Each part of the rendered text with the part of the source that it comes from."""
    found = walk(Marked(text, 0, len(text)).render({"f": lambda x: x}), 0, len(text))
    return [
        (found.text[step.start : step.end], text[piece.start : piece.end])
        for step in found.steps
        for piece in [found.pieces[step.piece]]
    ]


def test_the_pieces_are_the_source() -> None:
    assert "".join(TEXT[one.start : one.end] for one in pieces_of(TEXT)) == TEXT


def test_each_piece_is_what_it_is() -> None:
    kinds = [(one.kind, one.tag) for one in pieces_of(TEXT) if one.kind != "literal"]
    assert kinds == [
        ("comment", ""),
        ("templated", "set"),
        ("block_start", "set"),
        ("block_end", "endset"),
        ("block_start", "for"),
        ("templated", ""),
        ("block_start", "if"),
        ("block_mid", "elif"),
        ("block_mid", "else"),
        ("block_end", "endif"),
        ("block_end", "endfor"),
        ("block_start", "raw"),
        ("block_end", "raw"),
        ("block_start", "if"),
        ("block_end", "endif"),
        ("templated", ""),
        ("templated", ""),
    ]


def test_the_steps_make_up_the_rendered_text_and_its_last_line_end() -> None:
    found = walk(Marked(TEXT, 0, len(TEXT)).render({"f": lambda x: x}), 0, len(TEXT))
    assert found.text.endswith("é end\n")
    at = 0
    for step in found.steps:
        assert step.start == at
        at = step.end
        piece = found.pieces[step.piece]
        if piece.kind == "literal" and step.end > step.start:
            assert TEXT[piece.start : piece.end] == found.text[step.start : step.end]
        elif piece.kind != "templated":
            assert step.start == step.end
    assert at == len(found.text)


def test_a_loop_is_walked_as_often_as_it_runs_and_only_the_branch_taken() -> None:
    steps = way(TEXT)
    assert [one for one, _ in steps].count(" as b,") == 2
    assert [source for _, source in steps].count("{%- endfor %}") == 2
    written = [one for one, _ in steps]
    assert written.index(" other ") < written.index(" two ")
    assert not {" never ", " from t "} & {source for _, source in steps}


def test_a_part_of_a_file_is_walked_from_its_own_start() -> None:
    text = "before {{ x }}\n"
    whole = f"{{% snapshot s %}}{text}{{% endsnapshot %}}"
    start = whole.index("before")
    rendered = Marked(whole, start, start + len(text)).render({"x": 1})
    found = walk(rendered, start, start + len(text))
    assert (found.source, found.text) == (text, "before 1\n")


def test_a_way_that_goes_back_without_a_loop_is_not_believed() -> None:
    rendered = Rendered("ba", "a{{ x }}b", [Segment(0, 8, 8, True), Segment(1, 0, 0, True)])
    with pytest.raises(Unknown):
        walk(rendered, 0, 9)
