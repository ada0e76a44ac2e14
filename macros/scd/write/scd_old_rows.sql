{#- SQL: the versions that this run will write over, as they are. The pairs of a state source hold all of that already, when dbt's own columns
    of an open version can be only one thing; else the history is read once more. -#}
{% macro scd_old_rows(scd) -%}
    {%- if scd.judged and not (scd.migrations or scd.counts.late or scd.valid_to_current or scd.meta.dbt_is_deleted) -%}
        select
            {{ scd.run }}, case when kind = 'overwritten' then kind else 'closed' end
            {%- for column in scd.data %},
            {{ 'judged.h' ~ loop.index0 if column.history else 'cast(null as ' ~ column.type ~ ')' }}
            {%- endfor -%}
            {{ platform_macros.scd_meta_columns(scd, id='scd_id', updated='scd_updated', valid_from='scd_from') }}
        from {{ scd.judged }} as judged
        where kind in ('changed', 'closed', 'overwritten')
    {%- else -%}
        select
            {{ scd.run }},
            case scd_action when 'close' then 'closed' when 'overwrite' then 'overwritten' else 'removed' end,
            {{ platform_macros.scd_old_image(scd) }}
        from {{ scd.history }} as history
        inner join {{ scd.changes }} as changes
            on changes.scd_action <> 'add' and changes.scd_target = {{ platform_macros.scd_address(scd, 'history') }}
    {%- endif -%}
{%- endmacro %}
