{#- Brings source and history together. Sets scd.data (the data columns of the new history, in its order), scd.meta
    (dbt's own columns), scd.key, scd.sequence, and scd.migrations (why the history must be written anew). -#}
{% macro scd_match_columns(scd) -%}
    {%- do scd.update({'data': [], 'migrations': []}) -%}
    {%- do platform_macros.scd_check_names(scd) -%}
    {%- if not scd.refusals -%}
        {%- do platform_macros.scd_match_meta(scd) -%}
        {%- do platform_macros.scd_match_data(scd) -%}
        {%- do platform_macros.scd_match_key(scd) -%}
        {%- do platform_macros.scd_match_sequence(scd) -%}
        {%- do platform_macros.scd_mark_tracked(scd) -%}
    {%- endif -%}
{%- endmacro %}
