{#- SQL: a column as a time in UTC without time zone, so that the session's time zone has no say. -#}
{% macro scd_in_utc(sql, name, columns) -%}
    {%- set found = platform_macros.scd_find_column(columns, name) if columns is not none -%}
    {{ return(platform_macros.scd_cast(sql, found[1], 'timestamp') if found and 'with time zone' in found[1] | lower else sql) }}
{%- endmacro %}
