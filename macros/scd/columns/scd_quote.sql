{#- A name as an identifier of this engine, whatever is in it. -#}
{% macro scd_quote(name) -%}
    {%- set mark = adapter.quote('x')[0] -%}
    {{ return(mark ~ (name | string | replace(mark, mark ~ mark)) ~ mark) }}
{%- endmacro %}
