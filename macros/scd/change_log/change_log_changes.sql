{#- What the rebuilt versions change in the history, one row per version, as the common macro applies it. -#}
{% macro change_log_changes(log) -%}
    {%- set meta = log.meta -%}
    {%- set shown = log.data | reject('in', log.key) | list -%}
    with compared as (
        select
            case
                when x.scd_start is null then 'add'
                when v.scd_start is null then 'remove'
                when
                    {{ platform_macros.change_log_any_differs(log, shown, 'v', 'x') }}
                    or v.scd_sequence is distinct from x.scd_updated
                    or v.scd_is_deleted <> x.scd_is_deleted
                    then 'overwrite'
                when v.scd_end is distinct from x.scd_end then 'close'
            end as scd_action,
            x.scd_target,
            x.scd_id as scd_old_id,
            {%- for column in log.key %}
            coalesce(v.{{ adapter.quote(column) }}, x.{{ adapter.quote(column) }}) as {{ adapter.quote(column) }},
            {%- endfor %}
            {%- for column in shown %}
            v.{{ adapter.quote(column) }},
            {%- endfor %}
            v.scd_start, v.scd_end, v.scd_sequence, v.scd_is_deleted,
            x.scd_start is not null as scd_was,
            case when x.scd_end is null and not x.scd_is_deleted then x.scd_start end as scd_was_open,
            case when v.scd_end is null and not v.scd_is_deleted then v.scd_start end as scd_now_open
        from {{ log.versions }} as v
        full join {{ log.existing }} as x
            on {{ platform_macros.change_log_same_key(log, 'v', 'x') }} and v.scd_start = x.scd_start
        {%- if log.has_deleted_records and not log.new_record %}
        {#- Deleted records of an earlier configuration stay; there are no new ones. #}
        where x.scd_start is not null or not v.scd_is_deleted
        {%- endif %}
    ),
    keyed as (
        select
            c.*,
            max(case when scd_was then 1 else 0 end) over scd_w as scd_any_was,
            max(scd_was_open) over scd_w as scd_open_was,
            max(scd_now_open) over scd_w as scd_open_is,
            max(case when scd_action in ('add', 'remove', 'close') then 1 else 0 end) over scd_w as scd_moves,
            row_number() over (
                partition by {{ platform_macros.change_log_list(log.key) }}
                order by case when scd_action is null then 1 else 0 end, scd_start desc
            ) as scd_place
        from compared as c
        window scd_w as (partition by {{ platform_macros.change_log_list(log.key) }})
    )
    select
        k.scd_action,
        case
            when k.scd_place > 1 then null
            when k.scd_any_was = 0 {% if log.has_history %}and b.scd_here is null {% endif %}then 'new'
            when k.scd_open_was is not null and k.scd_open_is is null then 'closed'
            when k.scd_open_was is null and k.scd_open_is is not null then 'returned'
            when k.scd_open_is > k.scd_open_was then 'changed'
            when k.scd_moves = 0 then 'overwritten'
            else 'late'
        end as scd_kind,
        k.scd_target,
        {{ platform_macros.change_log_list(log.data, 'k') }},
        case
            when k.scd_action = 'add' then {{ platform_macros.change_log_version_id(log, 'k') }}
            else k.scd_old_id
        end as {{ adapter.quote(meta.dbt_scd_id) }},
        k.scd_sequence as {{ adapter.quote(meta.dbt_updated_at) }},
        k.scd_start as {{ adapter.quote(meta.dbt_valid_from) }},
        {{ 'coalesce(k.scd_end, ' ~ log.valid_to_current ~ ')' if log.valid_to_current else 'k.scd_end' }} as {{ adapter.quote(meta.dbt_valid_to) }}
        {%- if log.has_deleted_records %},
        case when k.scd_is_deleted then 'True' else 'False' end as {{ adapter.quote(meta.dbt_is_deleted) }}
        {%- endif %}
    from keyed as k
    {%- if log.has_history %}
    left join (select b.*, 1 as scd_here from {{ log.earlier }} as b) as b on {{ platform_macros.change_log_same_key(log, 'k', 'b') }}
    {%- endif %}
    where k.scd_action is not null
{%- endmacro %}

{% macro change_log_version_id(log, of) -%}
    md5(
    {%- for column in log.key -%}
        length(cast({{ of }}.{{ adapter.quote(column) }} as varchar)) || ':' || cast({{ of }}.{{ adapter.quote(column) }} as varchar) ||{{ ' ' }}
    {%- endfor -%}
    cast({{ of }}.scd_start as varchar))
{%- endmacro %}
