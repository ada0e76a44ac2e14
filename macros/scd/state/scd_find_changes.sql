{#- Fills scd.changes, the table that scd_write applies. Its columns: scd_action (add, close, overwrite, remove), scd_kind
    (what is counted), scd_target (the address of the version that close, overwrite and remove mean), then the columns of the history: for add and
    overwrite the new row, for close its new end. -#}
{% macro scd_find_changes(scd) -%}
    {%- if scd.strategy == 'change_log' -%}
        {%- do platform_macros.scd_changes_of_events(scd) -%}
    {%- elif scd.exists -%}
        {%- do platform_macros.scd_changes_of_state(scd) -%}
    {%- else -%}
        {%- do platform_macros.scd_check_source(scd) -%}
    {%- endif -%}
{%- endmacro %}
