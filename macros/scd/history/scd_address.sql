{#- SQL: what finds a version again when the changes are written. -#}
{% macro scd_address(scd, alias) -%}
    {%- if scd.form == 'duckdb' and not scd.migrations -%}
        {{ return(alias ~ '.rowid') }}
    {%- endif -%}
    {{ return(alias ~ '.' ~ scd.meta.dbt_scd_id.history) }}
{%- endmacro %}
