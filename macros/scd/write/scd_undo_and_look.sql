{#- What was written is not sound: takes it back, and refuses when the history was not sound before. Then something else than a run has changed it,
    in versions at which no run looks unless it touches their keys, and this run is not at fault. -#}
{% macro scd_undo_and_look(scd) -%}
    {%- do adapter.execute('rollback') -%}
    {#- dbt goes on in a transaction, and ends it. -#}
    {%- do adapter.execute('begin') -%}
    {%- do platform_macros.scd_refuse_unsound(scd, scd.look_before) -%}
{%- endmacro %}
