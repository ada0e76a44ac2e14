{#- Gives the undo record the columns and types that the history will have. Columns that the history calls otherwise now are
    found by the name it had. -#}
{% macro scd_bring_undo_in_line(scd) -%}
    {%- set there = platform_macros.scd_columns_of(scd.undo) -%}
    {%- set wanted = [] -%}
    {%- set same = namespace(yes=true) -%}
    {%- for column in scd.data + scd.meta.values() | list -%}
        {%- set found = platform_macros.scd_find_column(there, column.name)
            or (platform_macros.scd_find_column(there, column.history_name) if column.history_name else none) -%}
        {%- do wanted.append(
            (platform_macros.scd_cast('undo.' ~ platform_macros.scd_quote(found[0]), found[1], column.type) if found
            else 'cast(null as ' ~ column.type ~ ')') ~ ' as ' ~ column.quoted
        ) -%}
        {%- if not found or found[0] != column.name or (found[1] | lower != column.type | lower) -%}
            {%- set same.yes = false -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not same.yes -%}
        {%- set new = platform_macros.scd_table(scd, '__undo_new') -%}
        {%- do platform_macros.scd_execute(
            'create table ' ~ new ~ ' as select undo_run, undo_action, ' ~ wanted | join(', ') ~ ' from ' ~ scd.undo ~ ' as undo'
        ) -%}
        {%- do platform_macros.scd_execute('drop table ' ~ scd.undo) -%}
        {%- do platform_macros.scd_rename(scd, '__undo_new', '__undo') -%}
    {%- endif -%}
{%- endmacro %}
