{#- SQL: does a tracked column differ between the source's row and a version of the history, each given by its alias. -#}
{% macro scd_tracked_differ(scd, source, version) -%}
    {%- set parts = [] -%}
    {%- for column in scd.data if column.tracked -%}
        {%- set i = scd.data.index(column) -%}
        {%- set left = platform_macros.scd_comparable(source ~ '.s' ~ i, column) -%}
        {%- set right = platform_macros.scd_comparable(version ~ '.h' ~ i, column) if column.history else 'cast(null as ' ~ column.type ~ ')' -%}
        {%- set differs = platform_macros.scd_differs(left, right, column.type) -%}
        {%- if column.tolerance is defined -%}
            {%- set differs = '(' ~ differs ~ ') and not coalesce(abs(' ~ left ~ ' - ' ~ right ~ ') <= ' ~ column.tolerance ~ ', false)' -%}
        {%- endif -%}
        {%- do parts.append('(' ~ differs ~ ')') -%}
    {%- endfor -%}
    {{ return('(' ~ parts | join('\n            or ') ~ ')' if parts else 'false') }}
{%- endmacro %}
