{#- SQL: a dbt_valid_to_current in the type of a history's end. The engine says which type it has: one with a zone means a moment,
    and that is the same in every session. -#}
{% macro scd_current_value(scd, current, type) -%}
    {%- set types = scd.setdefault('current_types', {}) -%}
    {%- if current not in types -%}
        {%- set typeof = 'typeof' if target.type == 'duckdb' else 'pg_typeof' -%}
        {%- do types.update({
            current: platform_macros.scd_rows('select cast(' ~ typeof ~ '(' ~ current ~ ') as ' ~ platform_macros.scd_text_type() ~ ')')[0][0]
        }) -%}
    {%- endif -%}
    {{ return(platform_macros.scd_cast('(' ~ current ~ ')', types[current], type)) }}
{%- endmacro %}
