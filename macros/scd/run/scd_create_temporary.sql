{#- Makes a table of this run from a query, and returns its name as SQL. -#}
{% macro scd_create_temporary(scd, suffix, sql) -%}
    {%- set table = platform_macros.scd_temporary(scd, suffix) -%}
    {%- do platform_macros.scd_execute('drop table if exists ' ~ table) -%}
    {%- do platform_macros.scd_execute('create temporary table ' ~ table ~ ' as\n' ~ sql) -%}
    {%- if table not in scd.temporaries -%}
        {%- do scd.temporaries.append(table) -%}
    {%- endif -%}
    {{ return(table) }}
{%- endmacro %}
