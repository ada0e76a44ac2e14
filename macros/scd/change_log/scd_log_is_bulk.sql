{#- Whether this is a first load that may go straight from the source into the history: then nothing is copied but the events of odd
    keys. A NULL that keeps the value before it needs the values themselves. -#}
{% macro scd_log_is_bulk(scd) -%}
    {{ return(scd.form == 'duckdb' and not scd.exists and not scd.log.fill) }}
{%- endmacro %}
