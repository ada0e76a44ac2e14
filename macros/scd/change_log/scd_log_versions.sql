{#- SQL, `type: 2`: the versions that the ordered events make. Of several events at one time the last counts. A row opens a version when
    it differs from its predecessor, or begins or ends a life; the rows after it that do not are its own, and it shows the last of
    them. scd_is_shown: it shows that event as it came. -#}
{% macro scd_log_versions(scd) -%}
    {%- set log = scd.log -%}
    {%- set by_time = '(partition by ' ~ log.k | join(', ') ~ ' order by u)' -%}
    with steps as (
        select
            events.*,
            lag(scd_is_delete) over by_time as was_delete,
            lag(scd_origin) over by_time as was_origin
            {%- for column in log.tracked %},
            lag({{ column.name }}) over by_time as was_{{ column.name }}
            {%- endfor %}
        from {{ log.ordered }} as events
        where scd_next is null or scd_next <> u
        window by_time as {{ by_time }}
    ),
    judged as (
        select
            steps.*,
            case
                when scd_is_delete then not coalesce(was_delete, true)
                when coalesce(was_delete, true) or was_origin = 0 then true
                else {{ platform_macros.scd_log_differs(scd) }}
            end as scd_opens
        from steps
    ),
    placed as (
        select
            {{ (log.k + ['u']) | join(', ') }}, scd_is_delete, scd_origin, {{ 'scd_is_filled' if log.fill else 'false' }} as scd_is_filled
            {%- for name in log.d %},
            {{ 'case when scd_is_delete then lag(' ~ name ~ ') over by_time else ' ~ name ~ ' end as ' ~ name if log.has_deleted_records else name }}
            {%- endfor %},
            max(case when scd_opens then u end) over (
                partition by {{ log.k | join(', ') }} order by u rows between unbounded preceding and current row
            ) as scd_start,
            {%- if log.initial %}
            min(u) over (partition by {{ log.k | join(', ') }}) as scd_first,
            {%- endif %}
            lead(u) over by_time as scd_end,
            coalesce(lead(scd_opens) over by_time, true) as scd_is_last
        from judged
        where scd_opens or not scd_is_delete
        window by_time as {{ by_time }}
    )
    select
        {{ (log.k + ['u'] + log.d) | join(', ') }},
        {{ platform_macros.scd_log_start(scd, 'scd_start', 'scd_start = scd_first') }} as scd_start,
        scd_end,
        scd_is_delete as scd_deleted,
        not scd_is_delete and not scd_is_filled as scd_is_shown
    from placed as events
    where scd_is_last and scd_origin <> 0{{ '' if log.has_deleted_records else ' and not scd_is_delete' }}
{%- endmacro %}
