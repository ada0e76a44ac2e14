{#- Meets source and open versions, and says what has to happen: scd.pairs (each row one key that is not the same on both sides),
    then scd.changes. -#}
{% macro scd_changes_of_state(scd) -%}
    {%- do scd.update({'pairs': platform_macros.scd_create_temporary(scd, 'pairs', platform_macros.scd_pairs(scd))}) -%}
    {%- do scd.update({'judged': platform_macros.scd_create_temporary(scd, 'judged', platform_macros.scd_judged(scd))}) -%}
    {%- do scd.update({'changes': platform_macros.scd_create_temporary(scd, 'changes', platform_macros.scd_state_changes(scd))}) -%}
    {%- do scd.update({'touched': scd.judged}) -%}
    {%- do platform_macros.scd_count_kinds(scd) -%}
{%- endmacro %}
