{#- Text as a literal of SQL. -#}
{% macro scd_text(text) -%}
    {{ return("'" ~ (text | string | replace("'", "''")) ~ "'") }}
{%- endmacro %}
