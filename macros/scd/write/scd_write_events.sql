{#- Appends what this run keeps to the table of events, and brings that in line with the columns of the history. -#}
{% macro scd_write_events(scd) -%}
    {%- set run = scd.last_run.number + 1 if scd.last_run else 1 -%}
    {%- set there = platform_macros.scd_columns_of(scd.events) if scd.has_events else [] -%}
    {%- set same = namespace(yes=scd.has_events) -%}
    {%- set old = [] -%}
    {%- set new = [] -%}
    {%- for column in scd.data -%}
        {%- set found = platform_macros.scd_find_column(there, column.name) -%}
        {%- if not found or found[0] != column.name or found[1] | lower != column.type | lower -%}
            {%- set same.yes = false -%}
        {%- endif -%}
        {%- do old.append(
            (platform_macros.scd_cast(platform_macros.scd_quote(found[0]), found[1], column.type) if found
            else 'cast(null as ' ~ column.type ~ ')') ~ ' as ' ~ column.quoted
        ) -%}
        {%- do new.append('d' ~ loop.index0 ~ ' as ' ~ column.quoted) -%}
    {%- endfor -%}
    {%- set query -%}
        select {{ run }} as scd_run, scd_is_delete, scd_is_truncate, u as scd_sequence, {{ new | join(', ') }}
        from {{ scd.kept }}
    {%- endset -%}
    {%- if same.yes -%}
        {%- do platform_macros.scd_execute(
            'insert into ' ~ scd.events ~ ' (scd_run, scd_is_delete, scd_is_truncate, scd_sequence, '
            ~ scd.data | map(attribute='quoted') | join(', ') ~ ')\n' ~ query
        ) -%}
    {%- elif not scd.has_events -%}
        {%- do platform_macros.scd_execute('create table ' ~ scd.events ~ ' as\n' ~ query) -%}
    {%- else -%}
        {%- do platform_macros.scd_execute(
            'create table ' ~ platform_macros.scd_table(scd, '__events_new') ~ ' as\nselect scd_run, scd_is_delete, scd_is_truncate, scd_sequence, '
            ~ old | join(', ') ~ ' from ' ~ scd.events ~ '\nunion all\n' ~ query
        ) -%}
        {%- do platform_macros.scd_execute('drop table ' ~ scd.events) -%}
        {%- do platform_macros.scd_rename(scd, '__events_new', '__events') -%}
    {%- endif -%}
{%- endmacro %}
