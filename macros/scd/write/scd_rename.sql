{#- Renames one of the history's tables, given by suffix. -#}
{% macro scd_rename(scd, from_suffix, to_suffix) -%}
    {%- do platform_macros.scd_execute(
        'alter table ' ~ platform_macros.scd_table(scd, from_suffix) ~ ' rename to '
        ~ platform_macros.scd_quote(scd.identifier ~ to_suffix)
    ) -%}
{%- endmacro %}
