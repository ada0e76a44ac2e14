{#- A name without the quotes around it. -#}
{% macro scd_bare(name) -%}
    {%- set mark = adapter.quote('x')[0] -%}
    {%- set text = name | string | trim -%}
    {{ return(text[1:-1] | replace(mark ~ mark, mark) if text | length > 2 and text[0] == mark and text[-1] == mark else text) }}
{%- endmacro %}
