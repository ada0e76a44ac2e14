{#- SQL: is the value the same after a way there and back. -#}
{% macro scd_survives(expression, type, common) -%}
    {{ return(adapter.dispatch('scd_survives', 'platform_macros')(expression, type, common)) }}
{%- endmacro %}

{#- A whole number goes back by way of numeric: its own type may be too small for what a double makes of it, and that would be an error. -#}
{% macro default__scd_survives(expression, type, common) -%}
    {%- set back = type if type | lower in ['real', 'double precision'] else 'numeric' -%}
    cast(cast({{ expression }} as {{ common }}) as {{ back }}) is not distinct from cast({{ expression }} as {{ back }})
{%- endmacro %}

{% macro duckdb__scd_survives(expression, type, common) -%}
    try_cast(try_cast({{ expression }} as {{ common }}) as {{ type }}) is not distinct from {{ expression }}
{%- endmacro %}
