{#- SQL: does a tracked column differ between the source's row and a version of the history, each given by its alias. -#}
{% macro scd_tracked_differ(scd, source, version) -%}
    {%- set parts = [] -%}
    {%- for column in scd.data if column.tracked -%}
        {%- set i = scd.data.index(column) -%}
        {%- set left = source ~ '.s' ~ i -%}
        {%- set right = version ~ '.h' ~ i if column.history else 'cast(null as ' ~ column.type ~ ')' -%}
        {%- if column.compare_as -%}
            {%- set left = 'cast(' ~ left ~ ' as ' ~ column.compare_as ~ ')' -%}
            {%- set right = 'cast(' ~ right ~ ' as ' ~ column.compare_as ~ ')' -%}
        {%- endif -%}
        {%- set differs = platform_macros.scd_differs(left, right, column.type) -%}
        {%- if column.tolerance is defined -%}
            {%- set differs = '(' ~ differs ~ ') and not coalesce(abs(' ~ left ~ ' - ' ~ right ~ ') <= ' ~ column.tolerance ~ ', false)' -%}
        {%- endif -%}
        {%- do parts.append('(' ~ differs ~ ')') -%}
    {%- endfor -%}
    {{ return('(' ~ parts | join('\n            or ') ~ ')' if parts else 'false') }}
{%- endmacro %}
