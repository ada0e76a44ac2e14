{#- SQL: does a tracked column differ between an event and the one before it (was_...). -#}
{% macro scd_log_differs(scd) -%}
    {%- set parts = [] -%}
    {%- for column in scd.log.tracked -%}
        {%- set sides = ['was_' ~ column.name, column.name] -%}
        {%- if column.compare_as -%}
            {%- set sides = ['cast(was_' ~ column.name ~ ' as ' ~ column.compare_as ~ ')', 'cast(' ~ column.name ~ ' as ' ~ column.compare_as ~ ')'] -%}
        {%- endif -%}
        {%- do parts.append('(' ~ platform_macros.scd_differs(sides[0], sides[1], column.type) ~ ')') -%}
    {%- endfor -%}
    {{ return('(' ~ parts | join('\n                or ') ~ ')' if parts else 'false') }}
{%- endmacro %}
