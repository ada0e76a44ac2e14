{#- A table of this run as SQL, in the schema of temporary tables: no table of yours can be meant. -#}
{% macro scd_temporary(scd, suffix) -%}
    {{ return(adapter.dispatch('scd_temporary', 'platform_macros')(scd, suffix)) }}
{%- endmacro %}

{% macro default__scd_temporary(scd, suffix) -%}
    {{ return('pg_temp.' ~ platform_macros.scd_quote(scd.identifier ~ '__scd_' ~ suffix)) }}
{%- endmacro %}

{% macro duckdb__scd_temporary(scd, suffix) -%}
    {{ return('temp.' ~ platform_macros.scd_quote(scd.identifier ~ '__scd_' ~ suffix)) }}
{%- endmacro %}
