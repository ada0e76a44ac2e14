{#- SQL: a part of a key as it is compared and as ids are made of it: JSON with its members in one order. -#}
{% macro scd_key_value(expression, type) -%}
    {{ return(adapter.dispatch('scd_key_value', 'platform_macros')(expression, type)) }}
{%- endmacro %}

{% macro default__scd_key_value(expression, type) -%}
    {{ return('cast(cast(' ~ expression ~ ' as jsonb) as ' ~ platform_macros.scd_text_type() ~ ')' if type | lower == 'json' else expression) }}
{%- endmacro %}

{% macro duckdb__scd_key_value(expression, type) -%}
    {{ return('json_normalize(' ~ expression ~ ')' if type | lower == 'json' else expression) }}
{%- endmacro %}
