{#- Writes scd.changes, the undo record, the kept events and the ledger, all in the run's transaction; then looks at the touched keys once more. -#}
{% macro scd_write(scd) -%}
    {%- do scd.update({'look_before': platform_macros.scd_faults_query(scd) if scd.exists}) -%}
    {%- do platform_macros.scd_set_aside(scd) -%}
    {%- if not scd.exists -%}
        {%- do platform_macros.scd_write_first(scd) -%}
    {%- else -%}
        {%- do platform_macros.scd_write_undo(scd) -%}
        {%- if scd.form == 'duckdb' and not scd.migrations -%}
            {%- do platform_macros.scd_write_in_place(scd) -%}
        {%- else -%}
            {%- do platform_macros.scd_write_anew(scd) -%}
        {%- endif -%}
        {%- do platform_macros.scd_check_written(scd) -%}
    {%- endif -%}
    {%- if not scd.refusals -%}
        {%- if scd.strategy == 'change_log' -%}
            {%- do platform_macros.scd_write_events(scd) -%}
        {%- endif -%}
        {%- do platform_macros.scd_write_ledger(scd) -%}
    {%- endif -%}
{%- endmacro %}
