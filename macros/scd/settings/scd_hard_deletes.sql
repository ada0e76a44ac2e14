{#- What dbt knows to do with a key that is gone. -#}
{% macro scd_hard_deletes() -%}
    {{ return(['ignore', 'invalidate', 'new_record']) }}
{%- endmacro %}
