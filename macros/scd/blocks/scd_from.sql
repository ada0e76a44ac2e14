{#- A relation, the name of a CTE or a sub-query, such that an alias can follow it: `--empty`, `--sample` and the `where`
    of a data test render as a sub-query that has one already. -#}
{% macro scd_from(relation) -%}
    {%- set text = relation | string | trim -%}
    {{ return('(select * from ' ~ text ~ ')' if '(' in text and not text.endswith(')') else text) }}
{%- endmacro %}
