{#- SQL: does an untracked column differ, or one whose value is only spelled otherwise, so that the open version takes the new value. -#}
{% macro scd_untracked_differ(scd, source, version) -%}
    {%- set parts = [] -%}
    {%- for column in scd.data if column.source and not column.is_key and (not column.tracked or column.compare_as) -%}
        {%- do parts.append('(' ~ platform_macros.scd_column_differs(scd, column, source, version) ~ ')') -%}
    {%- endfor -%}
    {{ return('(' ~ parts | join(' or ') ~ ')' if parts else 'false') }}
{%- endmacro %}
