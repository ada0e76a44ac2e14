{#- The first load: every source row is a version. -#}
{% macro scd_write_first(scd) -%}
    {%- if scd.changes -%}
        {%- set rows -%}
            select {{ platform_macros.scd_history_columns(scd) }} from {{ scd.changes }}
            {%- if scd.log.bulk %}
            union all
            {{ platform_macros.scd_log_bulk_rows(scd) }}
            {%- endif %}
        {%- endset -%}
    {%- else -%}
        {%- set rows = platform_macros.scd_first_load(scd) -%}
        {%- do scd.counts.update({'new': scd.counts.source}) -%}
    {%- endif -%}
    {%- do platform_macros.scd_execute('create table ' ~ scd.history ~ ' as\n' ~ rows) -%}
    {%- do scd.update({'created': true}) -%}
{%- endmacro %}
