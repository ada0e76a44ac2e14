{#- number, time, text, nested or other: between what a common type can be looked for. -#}
{% macro scd_type_family(type) -%}
    {%- set name = type | lower -%}
    {%- if name.endswith(']') or name.startswith('struct') or name.startswith('map') -%}
        {{ return('nested') }}
    {%- elif modules.re.match('^(u?(tiny|small|big|huge)int|u?integer|decimal|numeric|float|real|double)', name) -%}
        {{ return('number') }}
    {%- elif modules.re.match('^(date|timestamp)', name) -%}
        {{ return('time') }}
    {%- elif modules.re.match('^(varchar|text|character)', name) -%}
        {{ return('text') }}
    {%- endif -%}
    {{ return('other') }}
{%- endmacro %}
