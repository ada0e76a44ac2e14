{#- LAX changed: city Los Angeles -> L.A.; ... -#}
{% macro scd_sample_text(sample) -%}
    {%- set cells = [] -%}
    {%- for cell in sample.cells -%}
        {%- do cells.append(cell.column ~ ' ' ~ (cell.old if cell.old is not none else 'NULL') ~ ' -> ' ~ (cell.new if cell.new is not none else 'NULL')) -%}
    {%- endfor -%}
    {{ return(sample.key ~ ' ' ~ sample.kind ~ (': ' ~ cells | join(', ') if cells else '')) }}
{%- endmacro %}
