{#- SQL: NULL in the type of an address, see scd_address. -#}
{% macro scd_no_target(scd) -%}
    {{ return('cast(null as bigint)' if scd.form == 'duckdb' and not scd.migrations else 'cast(null as ' ~ platform_macros.scd_text_type() ~ ')') }}
{%- endmacro %}
