{#- A time as SQL: a date or a time as text becomes a timestamp in UTC, everything else is SQL already. -#}
{% macro scd_moment(at) -%}
    {%- set text = platform_macros.scd_utc_text(at) -%}
    {{ return(at | string if text is none else "cast('" ~ text ~ "' as timestamp)") }}
{%- endmacro %}
