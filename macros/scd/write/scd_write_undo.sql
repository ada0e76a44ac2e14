{#- Records, before anything is written, what this run will write over: enough to go back to how it was. One insert: DuckDB 2.0.0 loses
    the rows of a large second insert into a table when the first of the transaction had none (tests/scd/test_duckdb_inserts.py). -#}
{% macro scd_write_undo(scd) -%}
    {%- if scd.has_undo -%}
        {%- do platform_macros.scd_bring_undo_in_line(scd) -%}
    {%- else -%}
        {%- set columns = [] -%}
        {%- for column in scd.data + scd.meta.values() | list -%}
            {%- do columns.append(column.quoted ~ ' ' ~ column.type) -%}
        {%- endfor -%}
        {%- do platform_macros.scd_execute(
            'create table ' ~ scd.undo ~ ' (undo_run integer, undo_action ' ~ platform_macros.scd_text_type() ~ ', ' ~ columns | join(', ') ~ ')'
        ) -%}
    {%- endif -%}
    {%- set query -%}
        insert into {{ scd.undo }} (undo_run, undo_action, {{ platform_macros.scd_history_columns(scd) }})
        {{ platform_macros.scd_old_rows(scd) }}
        union all
        select
            {{ scd.run }}, 'added'
            {%- for column in scd.data %}, cast(null as {{ column.type }}){% endfor %}
            {{- platform_macros.scd_meta_columns(scd, id=scd.meta.dbt_scd_id.quoted, open_end=false) }}
        from {{ scd.changes }} as changes where scd_action = 'add'
    {%- endset -%}
    {%- do platform_macros.scd_execute(query) -%}
{%- endmacro %}
