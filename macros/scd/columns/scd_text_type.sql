{#- The type of text without a limit. -#}
{% macro scd_text_type() -%}
    {{ return('text' if target.type == 'postgres' else 'VARCHAR') }}
{%- endmacro %}
