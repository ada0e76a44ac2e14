{#- Up to five keys of the batch for which a condition holds. -#}
{% macro scd_log_examples(scd, condition) -%}
    {{ return(platform_macros.scd_rows(
        'select distinct ' ~ platform_macros.scd_shown_key(scd, 'batch') ~ ' as shown from ' ~ scd.log.batch ~ ' as batch where '
        ~ condition ~ ' order by shown limit 5'
    ) | map('first') | list) }}
{%- endmacro %}
