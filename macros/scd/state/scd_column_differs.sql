{#- SQL: does a column differ between the source's row and a version of the history, each given by its alias. What the history does not
    have yet is NULL there. -#}
{% macro scd_column_differs(scd, column, source, version, roughly=false) -%}
    {%- set i = scd.data.index(column) -%}
    {{ return(platform_macros.scd_differs(
        source ~ '.s' ~ i, version ~ '.h' ~ i if column.history else 'cast(null as ' ~ column.type ~ ')', column.type, roughly
    )) }}
{%- endmacro %}
