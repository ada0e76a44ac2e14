{#- SQL: the names of the history's columns as they will be, data first; with an alias before each. -#}
{% macro scd_history_columns(scd, alias=none) -%}
    {%- set before = alias ~ '.' if alias else '' -%}
    {%- set names = [] -%}
    {%- for column in scd.data + scd.meta.values() | list -%}
        {%- do names.append(before ~ column.quoted) -%}
    {%- endfor -%}
    {{ return(names | join(', ')) }}
{%- endmacro %}
