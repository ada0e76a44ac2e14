{#- Records, before anything is written, what this run will write over: enough to go back to how it was. -#}
{% macro scd_write_undo(scd) -%}
    {%- set run = scd.last_run.number + 1 if scd.last_run else 1 -%}
    {%- set empty -%}
        select cast(null as integer) as undo_run, cast(null as {{ platform_macros.scd_text_type() }}) as undo_action,
        {{ platform_macros.scd_old_image(scd) }}
        from {{ scd.history }} as history where 1 = 0
    {%- endset -%}
    {%- if not scd.has_undo -%}
        {%- do platform_macros.scd_execute('create table ' ~ scd.undo ~ ' as\n' ~ empty) -%}
    {%- else -%}
        {%- do platform_macros.scd_bring_undo_in_line(scd) -%}
    {%- endif -%}
    {%- if not scd.changes -%}{{ return(none) }}{%- endif -%}
    {%- do platform_macros.scd_execute(
        'insert into ' ~ scd.undo ~ ' (undo_run, undo_action, ' ~ platform_macros.scd_history_columns(scd) ~ ')\nselect ' ~ run
        ~ ", case scd_action when 'close' then 'closed' when 'overwrite' then 'overwritten' else 'removed' end, "
        ~ platform_macros.scd_old_image(scd) ~ '\nfrom ' ~ scd.history ~ ' as history inner join ' ~ scd.changes
        ~ " as changes on changes.scd_action <> 'add' and changes.scd_target = " ~ platform_macros.scd_address(scd, 'history')
    ) -%}
    {%- do platform_macros.scd_execute(
        'insert into ' ~ scd.undo ~ ' (undo_run, undo_action, ' ~ scd.meta.dbt_scd_id.quoted ~ ')\nselect ' ~ run
        ~ ", 'added', " ~ scd.meta.dbt_scd_id.quoted ~ ' from ' ~ scd.changes ~ " as changes where scd_action = 'add'"
    ) -%}
{%- endmacro %}
