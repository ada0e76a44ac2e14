{#- A column of the ordered events as it came. -#}
{% macro scd_log_raw(scd, name) -%}
    {{ return('r' ~ name[1:] if name in scd.log.fill else name) }}
{%- endmacro %}
