{#- SQL: the judged pairs as changes, see scd_find_changes. -#}
{% macro scd_state_changes(scd) -%}
    {%- set now = platform_macros.scd_time(scd) -%}
    with judged as (
        select * from {{ scd.judged }}
    )
    select
        'add' as scd_action, kind as scd_kind, {{ platform_macros.scd_no_target(scd) }} as scd_target
        {%- for column in scd.data %},
        {{ 'judged.s' ~ loop.index0 if column.source else 'cast(null as ' ~ column.type ~ ')' }} as {{ column.quoted }}
        {%- endfor -%}
        {{ platform_macros.scd_meta_columns(
            scd, id=platform_macros.scd_version_id(platform_macros.scd_id_parts(scd, 'start')), updated='coalesce(u, start)', valid_from='start',
            valid_to="case when kind = 'late' then next_from end" if scd.may_be_late else none, deleted='False'
        ) }}
    from judged where kind in ('new', 'returned', 'changed', 'late')
    union all
    select
        'close', case when kind = 'closed' then kind end, scd_target
        {%- for column in scd.data %}, cast(null as {{ column.type }}){% endfor %}
        {{- platform_macros.scd_meta_columns(scd, valid_to="case when kind = 'closed' then " ~ now ~ ' else start end') }}
    from judged where kind in ('changed', 'closed') or (kind = 'returned' and scd_deleted)
    {%- if scd.may_be_late %}
    union all
    select
        'close', null, around
        {%- for column in scd.data %}, cast(null as {{ column.type }}){% endfor %}
        {{- platform_macros.scd_meta_columns(scd, valid_to='u') }}
    from judged where kind = 'late' and around is not null
    {%- endif %}
    union all
    select
        'overwrite', kind, scd_target
        {%- for column in scd.data %},
        {% if not column.source -%} judged.h{{ loop.index0 }}
        {%- elif column.tracked and column.tolerance is defined and column.history -%} judged.h{{ loop.index0 }}
        {%- else -%} judged.s{{ loop.index0 }}
        {%- endif -%}
        {%- endfor -%}
        {{ platform_macros.scd_meta_columns(
            scd, id='scd_id', updated='coalesce(u, scd_updated)', valid_from='scd_from', deleted='False'
        ) }}
    from judged where kind = 'overwritten'
    {%- if scd.hard_deletes == 'new_record' %}
    union all
    select
        'add', null, {{ platform_macros.scd_no_target(scd) }}
        {%- for column in scd.data %},
        {{ 'judged.h' ~ loop.index0 if column.history else 'cast(null as ' ~ column.type ~ ')' }}
        {%- endfor -%}
        {{ platform_macros.scd_meta_columns(
            scd, id=platform_macros.scd_version_id(platform_macros.scd_id_parts(scd, now)), updated=now, valid_from=now, deleted='True'
        ) }}
    from judged where kind = 'closed'
    {%- endif %}
{%- endmacro %}
