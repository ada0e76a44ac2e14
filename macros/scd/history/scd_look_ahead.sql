{#- What a run would find in the versions of the keys that it touches only when it has written (scd_check_written): a plan says it without. -#}
{% macro scd_look_ahead(scd) -%}
    {%- if scd.exists -%}
        {%- set no_start = platform_macros.scd_rows(
            'select 1 from ' ~ scd.history ~ ' as history where ' ~ scd.meta.dbt_valid_from.history ~ ' is null limit 1'
        ) -%}
        {%- if no_start or platform_macros.scd_faults(platform_macros.scd_faults_query(scd, touched=scd.touched)) -%}
            {%- do platform_macros.scd_refuse_unsound(scd) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
