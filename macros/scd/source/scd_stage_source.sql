{#- Makes scd.source, a table that every later statement may read with the same result: the table itself when the
    snapshot is nothing but `select * from` it, else a copy, so that the query is evaluated once. -#}
{% macro scd_stage_source(scd) -%}
    {%- set table = platform_macros.scd_plain_table(scd) -%}
    {%- if table is none -%}
        {%- set table = platform_macros.scd_create_temporary(scd, 'source', scd.sql) -%}
    {%- endif -%}
    {%- do scd.update({'source': table, 'source_columns': platform_macros.scd_columns_of(table)}) -%}
{%- endmacro %}
