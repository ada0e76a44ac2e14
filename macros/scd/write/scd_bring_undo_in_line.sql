{#- Gives the undo record the columns and types that the history will have. -#}
{% macro scd_bring_undo_in_line(scd) -%}
    {%- set line = platform_macros.scd_in_line(
        platform_macros.scd_columns_of(scd.undo), scd.data + scd.meta.values() | list
    ) -%}
    {%- if not line.same -%}
        {%- do platform_macros.scd_execute(
            'create table ' ~ platform_macros.scd_table(scd, '__undo_new') ~ ' as select undo_run, undo_action, ' ~ line.selected
            ~ ' from ' ~ scd.undo
        ) -%}
        {%- do platform_macros.scd_execute('drop table ' ~ scd.undo) -%}
        {%- do platform_macros.scd_rename(scd, '__undo_new', '__undo') -%}
    {%- endif -%}
{%- endmacro %}
