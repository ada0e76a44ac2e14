import pytest
from dbt_common.clients.jinja import extract_toplevel_blocks

from platform_cli.project.jinja.blocks import extract_blocks
from platform_cli.project.jinja.dialect import BrokenJinja

KINDS = {"macro", "docs", "snapshot", "test"}
TEXTS = [
    "",
    "{% docs a %}text{% enddocs %}",
    "  {%- docs a -%}  text  {%- enddocs -%}  after",
    "{# {% docs hidden %} #}{% docs a %}{{ '}}' }} {% enddocs %}",
    "{% raw %}{% docs hidden %}{% endraw %}{% docs a %}x{% enddocs %}",
    '{% macro m(a=\'%}\', b="{% endmacro %}") %}{{ "{%" }}{% endmacro %}',
    "{% if x %}y{% endif %}{% snapshot s %}{% for a in b %}{% endfor %}\n{% endsnapshot %}",
    "{% set x %}{% endset %}{% test t(model) %}select{% endtest %}\n\n{% docs d %}é{% enddocs %}",
    "{% docs\n   spread\n%}\nx\n{%enddocs%}",
    "{% docs with_raw %}{% raw %}{% enddocs %}{% endraw %}{% enddocs %}",
    "text with { and % and } and #",
    "{% docs one %}1{% enddocs %}{% docs two %}2{% enddocs %}",
]


@pytest.mark.parametrize("text", TEXTS)
def test_blocks_are_dbts_blocks(text):
    theirs = [
        (block.block_type_name, block.block_name, block.contents, block.full_block.strip())
        for block in extract_toplevel_blocks(text, KINDS, collect_raw_data=False)
    ]
    ours = [(b.kind, b.name, b.contents, b.full.strip()) for b in extract_blocks(text, KINDS)]
    assert ours == theirs


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n{% docs a %}", 2, "never closed"),
        ("{% if x %}\n{% docs a %}{% enddocs %}{% endif %}", 2, "inside if or for"),
        ("{% docs a %}\n{% docs b %}{% enddocs %}", 2, "inside docs"),
        ("\n\n{% endif %}", 3, "unexpected 'endif'"),
        ("{# open", 1, "'#}' is missing"),
        ("{% raw %}", 1, "'endraw' is missing"),
        ("x\n{{ 'a }}", 2, "'}}' is missing"),
        ("{% docs a", 1, "'%}' is missing"),
    ],
)
def test_a_broken_block_is_named_with_its_line(text, line, words):
    with pytest.raises(BrokenJinja, match=words) as broken:
        extract_blocks(text, KINDS)
    assert broken.value.line == line


def test_a_block_knows_the_line_of_its_contents():
    (block,) = extract_blocks("\n\n{% docs a\n%}here{% enddocs %}", KINDS)
    assert (block.first_line, block.line) == (3, 4)
