{#- Makes scd.candidates. -#}
{% macro scd_find_candidates(scd) -%}
    {%- do scd.update({
        'candidates': platform_macros.scd_create_temporary(scd, 'candidates', platform_macros.scd_candidates(scd))
    }) -%}
{%- endmacro %}
