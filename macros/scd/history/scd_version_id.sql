{#- SQL: the id of a version, from key and start. Each part carries its length, so that no two lists of parts are spelled alike. -#}
{% macro scd_version_id(parts) -%}
    md5(
    {%- for part in parts -%}
        {%- set text = 'cast(' ~ part ~ ' as ' ~ platform_macros.scd_text_type() ~ ')' -%}
        cast(length({{ text }}) as {{ platform_macros.scd_text_type() }}) || ':' || {{ text }}
        {%- if not loop.last %} || {% endif -%}
    {%- endfor -%}
    )
{%- endmacro %}
