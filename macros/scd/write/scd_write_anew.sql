{#- Writes the whole history anew beside the old one and swaps them: where a table cannot be updated, and when columns change. A
    history whose columns changed is kept as <history>__before_<run>, for rewind. -#}
{% macro scd_write_anew(scd) -%}
    {%- set columns = platform_macros.scd_history_columns(scd) -%}
    {%- set end = scd.meta.dbt_valid_to -%}
    {%- set old_end -%}
        case when {{ platform_macros.scd_is_open(scd) }} then {{ scd.current }} else {{ platform_macros.scd_cast('history.' ~ end.history, end.history_type, end.type) }} end
    {%- endset -%}
    {%- set new = platform_macros.scd_table(scd, '__new') -%}
    {%- do platform_macros.scd_execute('drop table if exists ' ~ new) -%}
    {%- set query -%}
        select
        {{ platform_macros.scd_old_image(scd, valid_to="case when changes.scd_action = 'close' then changes." ~ end.quoted ~ ' else ' ~ old_end ~ ' end') }}
        from {{ scd.history }} as history
        left join {{ scd.changes }} as changes
            on changes.scd_action <> 'add' and changes.scd_target = {{ platform_macros.scd_address(scd, 'history') }}
        where changes.scd_action is null or changes.scd_action = 'close'
        union all
        select {{ columns }} from {{ scd.changes }} where scd_action in ('add', 'overwrite')
    {%- endset -%}
    {%- do platform_macros.scd_execute('create table ' ~ new ~ ' as\n' ~ query) -%}
    {%- if scd.migrations -%}
        {%- do platform_macros.scd_execute(
            'drop table if exists ' ~ platform_macros.scd_table(scd, '__before_' ~ scd.run)
        ) -%}
        {%- do platform_macros.scd_rename(scd, '', '__before_' ~ scd.run) -%}
    {%- else -%}
        {%- do platform_macros.scd_execute('drop table ' ~ scd.history) -%}
    {%- endif -%}
    {%- do platform_macros.scd_rename(scd, '__new', '') -%}
    {%- do scd.update({'created': true}) -%}
{%- endmacro %}
