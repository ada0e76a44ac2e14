{#- Guard -> true, or the share of the open versions above which it refuses. -#}
{% macro scd_default_guards() -%}
    {{ return({
        'empty_source': true, 'mass_delete': 0.2, 'mass_change': 0.6, 'missing_history': true
    }) }}
{%- endmacro %}
