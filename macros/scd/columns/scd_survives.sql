{#- SQL: is the value the same after a way there and back. -#}
{% macro scd_survives(expression, type, common) -%}
    {{ return(adapter.dispatch('scd_survives', 'platform_macros')(expression, type, common)) }}
{%- endmacro %}

{% macro default__scd_survives(expression, type, common) -%}
    cast(cast({{ expression }} as {{ common }}) as numeric) is not distinct from cast({{ expression }} as numeric)
{%- endmacro %}

{% macro duckdb__scd_survives(expression, type, common) -%}
    try_cast(try_cast({{ expression }} as {{ common }}) as {{ type }}) is not distinct from {{ expression }}
{%- endmacro %}
