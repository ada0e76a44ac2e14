{#- The time of a fact as SQL over `facts`: a column's name, a date or time as text, or SQL. -#}
{% macro scd_fact_time(at, columns) -%}
    {%- set name = at | string | trim -%}
    {%- if platform_macros.scd_utc_text(name) is not none -%}
        {{ return(platform_macros.scd_moment(name)) }}
    {%- elif modules.re.match('^("[^"]+"|[A-Za-z_]\\w*( +\\w+)*)$', name) -%}
        {{ return(platform_macros.scd_in_utc('facts.' ~ platform_macros.scd_column(name, columns), name, columns)) }}
    {%- endif -%}
    {{ return('(' ~ name ~ ')') }}
{%- endmacro %}
