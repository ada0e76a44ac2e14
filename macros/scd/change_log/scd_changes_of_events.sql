{#- What the events change: scd.changes for scd_write, and scd.kept, the events that the history does not show. Only keys with an
    event in this batch (or that a truncate ends) are looked at, and of these only what can still change. -#}
{% macro scd_changes_of_events(scd) -%}
    {%- do platform_macros.scd_log_prepare(scd) -%}
    {%- if not scd.refusals -%}
        {%- do platform_macros.scd_log_check_predicates(scd) -%}
    {%- endif -%}
    {%- if not scd.refusals -%}
        {%- set events = platform_macros.scd_log_source(scd) -%}
        {%- if platform_macros.scd_log_is_bulk(scd) -%}
            {%- do scd.log.update({'batch': '(' ~ events ~ ')', 'bulk': true}) -%}
        {%- else -%}
            {%- do scd.log.update({'batch': platform_macros.scd_create_temporary(scd, 'batch', events)}) -%}
        {%- endif -%}
        {%- do platform_macros.scd_log_check_rows(scd) -%}
    {%- endif -%}
    {%- if not scd.refusals and scd.log.bulk -%}
        {%- do platform_macros.scd_log_set_odd_apart(scd) -%}
    {%- endif -%}
    {%- if not scd.refusals -%}
        {%- do platform_macros.scd_log_rebuild(scd) -%}
    {%- endif -%}
{%- endmacro %}
