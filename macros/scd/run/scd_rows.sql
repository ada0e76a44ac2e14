{#- The rows of a query, as lists of text (or none): agate would make numbers of what looks like one. -#}
{% macro scd_rows(sql) -%}
    {%- set _, table = adapter.execute(sql, auto_begin=true, fetch=true) -%}
    {%- set rows = [] -%}
    {%- for row in table.rows -%}
        {%- do rows.append(row.values() | list) -%}
    {%- endfor -%}
    {{ return(rows) }}
{%- endmacro %}
