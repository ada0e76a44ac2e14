{#- Writes the changes into the table itself. -#}
{% macro scd_write_in_place(scd) -%}
    {%- for column in scd.data if not column.history -%}
        {%- do platform_macros.scd_execute(
            'alter table ' ~ scd.history ~ ' add column ' ~ column.quoted ~ ' ' ~ column.type
        ) -%}
    {%- endfor -%}
    {%- for column in scd.meta.values() if not column.history -%}
        {%- do platform_macros.scd_execute(
            'alter table ' ~ scd.history ~ ' add column ' ~ column.quoted ~ ' ' ~ column.type ~ " default 'False'"
        ) -%}
        {%- do platform_macros.scd_execute(
            'alter table ' ~ scd.history ~ ' alter column ' ~ column.quoted ~ ' drop default'
        ) -%}
    {%- endfor -%}
    {%- set end = scd.meta.dbt_valid_to.quoted -%}
    {%- do platform_macros.scd_execute(
        'update ' ~ scd.history ~ ' as history set ' ~ end ~ ' = changes.' ~ end ~ ' from ' ~ scd.changes
        ~ " as changes where changes.scd_action = 'close' and changes.scd_target = history.rowid"
    ) -%}
    {%- set assignments = [] -%}
    {%- for column in scd.data + scd.meta.values() | list if not column.is_key -%}
        {%- do assignments.append(column.quoted ~ ' = changes.' ~ column.quoted) -%}
    {%- endfor -%}
    {%- for action in platform_macros.scd_rows(
        'select distinct scd_action from ' ~ scd.changes ~ " where scd_action in ('overwrite', 'remove')"
    ) | map('first') -%}
        {%- if action == 'overwrite' -%}
            {%- do platform_macros.scd_execute(
                'update ' ~ scd.history ~ ' as history set ' ~ assignments | join(', ') ~ ' from ' ~ scd.changes
                ~ " as changes where changes.scd_action = 'overwrite' and changes.scd_target = history.rowid"
            ) -%}
        {%- else -%}
            {%- do platform_macros.scd_execute(
                'delete from ' ~ scd.history ~ ' where rowid in (select scd_target from ' ~ scd.changes
                ~ " where scd_action = 'remove')"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do platform_macros.scd_execute(
        'insert into ' ~ scd.history ~ ' (' ~ platform_macros.scd_history_columns(scd) ~ ')\nselect '
        ~ platform_macros.scd_history_columns(scd) ~ ' from ' ~ scd.changes ~ " where scd_action = 'add'"
    ) -%}
{%- endmacro %}
