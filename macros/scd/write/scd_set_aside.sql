{#- A history that begins anew begins what lies beside it anew: old events and undo rows are of versions that are gone, and their columns may be
    of other types. They are kept as <history>__undo_before_<run> and <history>__events_before_<run>; the ledger goes on. -#}
{% macro scd_set_aside(scd) -%}
    {%- for suffix in scd.old_life -%}
        {%- set aside = suffix ~ '_before_' ~ scd.run -%}
        {%- do platform_macros.scd_execute('drop table if exists ' ~ platform_macros.scd_table(scd, aside)) -%}
        {%- do platform_macros.scd_rename(scd, suffix, aside) -%}
    {%- endfor -%}
{%- endmacro %}
