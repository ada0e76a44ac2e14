{#- SQL: what the rebuilt versions change in the history, see scd_find_changes. Versions are matched by key and start. Each key is counted
    once, by what became of its open version. -#}
{% macro scd_log_changes(scd) -%}
    {%- set log = scd.log -%}
    {%- set key = log.k | join(', ') -%}
    with compared as (
        {{ platform_macros.scd_log_compared(scd) }}
    ),
    keyed as (
        select
            compared.*,
            max(case when was_from is not null then 1 else 0 end) over of_key as known,
            max(was_open) over of_key as open_before,
            max(is_open) over of_key as open_after,
            max(case when scd_action in ('add', 'remove', 'close') then 1 else 0 end) over of_key as moves,
            row_number() over (
                partition by {{ key }} order by case when scd_action is null then 1 else 0 end, scd_start desc
            ) as place
        from compared
        window of_key as (partition by {{ key }})
    )
    select
        scd_action,
        case
            when place > 1 then null
            when known = 0
                {%- if scd.exists %} and not exists (
                    select 1 from {{ log.earlier }} as earlier where {{ platform_macros.scd_key_columns(scd, 'earlier', 'keyed') }}
                )
                {%- endif %} then 'new'
            when open_before is not null and open_after is null then 'closed'
            when open_before is null and open_after is not null then 'returned'
            when open_after > open_before then 'changed'
            when moves = 0 then 'overwritten'
            else 'late'
        end as scd_kind,
        scd_target
        {%- for column in scd.data %},
        {#- PostgreSQL forgets the digits of a numeric in a window. #}
        cast(d{{ loop.index0 }} as {{ column.type }}) as {{ column.quoted }}
        {%- endfor %}
        {{- platform_macros.scd_meta_columns(
            scd, id="case when scd_action = 'add' then " ~ platform_macros.scd_version_id(platform_macros.scd_id_parts(scd, 'scd_start')) ~ ' else was_id end',
            updated='u', valid_from='scd_start', valid_to='scd_end', deleted_when='scd_deleted'
        ) }}
    from keyed
    where scd_action is not null
    {%- if log.adopts %}
    union all
    {{ platform_macros.scd_log_adopted_sequences(scd) }}
    {%- endif %}
{%- endmacro %}
