{#- Up to five keys of one kind of change. -#}
{% macro scd_kind_examples(scd, kind) -%}
    {{ return(platform_macros.scd_rows(
        'select ' ~ platform_macros.scd_shown_key(scd, 'judged') ~ ' as shown from ' ~ scd.judged
        ~ ' as judged where kind = ' ~ platform_macros.scd_text(kind) ~ ' order by shown limit 5'
    ) | map('first') | list) }}
{%- endmacro %}
