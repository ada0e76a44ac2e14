{#- The run's time T as SQL, in the type of the history's times. -#}
{% macro scd_time(scd) -%}
    {{ return('cast(' ~ platform_macros.scd_text(scd.run_at) ~ ' as timestamp)') }}
{%- endmacro %}
