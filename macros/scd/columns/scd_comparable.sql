{#- SQL: a value of a column as it is compared: what was a number in one place and is text in the other is the number that the text
    spells; a number in single precision stays one. -#}
{% macro scd_comparable(expression, column) -%}
    {%- if not column.compare_as -%}
        {{ return(expression) }}
    {%- elif column.type | lower == platform_macros.scd_text_type() | lower -%}
        {{ return(platform_macros.scd_spelled(expression, column.compare_as)) }}
    {%- endif -%}
    {{ return('cast(' ~ expression ~ ' as ' ~ column.compare_as ~ ')') }}
{%- endmacro %}
