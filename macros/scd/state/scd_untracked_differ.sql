{#- SQL: does an untracked column differ, or one that only became wider, so that the open version takes the new value. -#}
{% macro scd_untracked_differ(scd, source, version) -%}
    {%- set parts = [] -%}
    {%- for column in scd.data if column.source and not column.is_key and (not column.tracked or column.compare_as) -%}
        {%- set i = scd.data.index(column) -%}
        {%- do parts.append('(' ~ platform_macros.scd_differs(
            source ~ '.s' ~ i, version ~ '.h' ~ i if column.history else 'cast(null as ' ~ column.type ~ ')', column.type
        ) ~ ')') -%}
    {%- endfor -%}
    {{ return('(' ~ parts | join(' or ') ~ ')' if parts else 'false') }}
{%- endmacro %}
