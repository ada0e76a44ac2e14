{#- SQL: is a version of the history (alias history) a deleted record. -#}
{% macro scd_is_deleted(scd) -%}
    {%- if scd.meta.dbt_is_deleted and scd.meta.dbt_is_deleted.history -%}
        coalesce(lower(cast(history.{{ scd.meta.dbt_is_deleted.history }} as {{ platform_macros.scd_text_type() }})) = 'true', false)
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}
