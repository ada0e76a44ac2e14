{#- Appends what this run keeps to the table of events, and brings that in line with the columns of the history. -#}
{% macro scd_write_events(scd) -%}
    {%- set line = platform_macros.scd_in_line(
        platform_macros.scd_columns_of(scd.events) if scd.has_events else [], scd.data
    ) -%}
    {%- set new = [] -%}
    {%- for column in scd.data -%}
        {%- do new.append('d' ~ loop.index0 ~ ' as ' ~ column.quoted) -%}
    {%- endfor -%}
    {%- set query -%}
        select {{ scd.run }} as scd_run, scd_is_delete, scd_is_truncate, u as scd_sequence, {{ new | join(', ') }}
        from {{ scd.kept }}
    {%- endset -%}
    {%- if not scd.has_events -%}
        {%- do platform_macros.scd_execute('create table ' ~ scd.events ~ ' as\n' ~ query) -%}
    {%- elif line.same -%}
        {%- do platform_macros.scd_execute(
            'insert into ' ~ scd.events ~ ' (scd_run, scd_is_delete, scd_is_truncate, scd_sequence, '
            ~ scd.data | map(attribute='quoted') | join(', ') ~ ')\n' ~ query
        ) -%}
    {%- else -%}
        {%- do platform_macros.scd_execute(
            'create table ' ~ platform_macros.scd_table(scd, '__events_new') ~ ' as\nselect scd_run, scd_is_delete, scd_is_truncate, scd_sequence, '
            ~ line.selected ~ ' from ' ~ scd.events ~ '\nunion all\n' ~ query
        ) -%}
        {%- do platform_macros.scd_execute('drop table ' ~ scd.events) -%}
        {%- do platform_macros.scd_rename(scd, '__events_new', '__events') -%}
    {%- endif -%}
{%- endmacro %}
