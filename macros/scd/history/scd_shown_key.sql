{#- SQL: a key as people read it: LAX, or LAX, 2013 for a key of two columns. -#}
{% macro scd_shown_key(scd, alias) -%}
    {%- for _ in scd.key -%}
        coalesce(cast({{ alias }}.k{{ loop.index0 }} as {{ platform_macros.scd_text_type() }}), 'NULL')
        {%- if not loop.last %} || ', ' || {% endif -%}
    {%- endfor -%}
{%- endmacro %}
