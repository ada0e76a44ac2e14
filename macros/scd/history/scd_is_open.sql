{#- SQL: is a version of the history (alias history), as it is now, open. -#}
{% macro scd_is_open(scd) -%}
    history.{{ scd.meta.dbt_valid_to.history }} is null
    {%- for current in [scd.current_before, scd.valid_to_current] | unique if current %}
    or history.{{ scd.meta.dbt_valid_to.history }} = {{ platform_macros.scd_current_value(scd, current, scd.meta.dbt_valid_to.history_type) }}
    {%- endfor %}
{%- endmacro %}
