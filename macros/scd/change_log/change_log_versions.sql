{#- The versions that the ordered events make, one row each; `scd_is_shown`: the version shows its last
    event exactly as it came, so that the event needs no keeping. -#}
{% macro change_log_versions(log) -%}
    {{ platform_macros.change_log_versions_1(log) if log.type == 1 else platform_macros.change_log_versions_2(log) }}
{%- endmacro %}

{#- The first version of a key reaches back to `initial_valid_from`. -#}
{% macro change_log_start(log, start, is_first) -%}
    {%- if log.initial_valid_from -%}
        case
            when
                {{ is_first }} and {{ log.initial_valid_from }} < {{ start }}
                {%- if log.has_history and log.type == 2 %}
                and not exists (select 1 from {{ log.earlier }} as b where {{ platform_macros.change_log_same_key(log, 'b', 'e') }})
                {%- endif %}
                then {{ log.initial_valid_from }}
            else {{ start }}
        end
    {%- else -%}
        {{ start }}
    {%- endif -%}
{%- endmacro %}

{% macro change_log_versions_1(log) -%}
    select
        {{ platform_macros.change_log_list(log.data, 'e') }},
        e.scd_sequence,
        {{ platform_macros.change_log_start(log, 'e.scd_sequence', 'true') }} as scd_start,
        {{ log.nothing }} as scd_end,
        false as scd_is_deleted,
        {{ 'not e.scd_is_filled' if log.fill else 'true' }} as scd_is_shown
    from {{ log.ordered }} as e
    where e.scd_next is null and not e.scd_is_delete
{%- endmacro %}

{% macro change_log_versions_2(log) -%}
    {%- set key = platform_macros.change_log_list(log.key) -%}
    {#- Of several events at one time the last counts. An opening row begins a version: a delete
        of something, or a row that differs from its predecessor. #}
    with steps as (
        select
            e.*,
            case
                when scd_is_delete then not coalesce(lag(scd_is_delete) over scd_w, true)
                when coalesce(lag(scd_is_delete) over scd_w, true) then true
                {%- if log.fill or log.has_deleted_records %}
                when lag(scd_origin) over scd_w = 0 then true
                {%- endif %}
                else
                {%- for column in log.tracked %}
                    {{ platform_macros.change_log_differs('lag(' ~ adapter.quote(column) ~ ') over scd_w', adapter.quote(column), log.types[column]) }}
                    {%- if not loop.last %} or {% endif -%}
                {%- else %} false
                {%- endfor %}
            end as scd_opens
        from {{ log.ordered }} as e
        where scd_next is null or scd_next <> scd_sequence
        window scd_w as (partition by {{ key }} order by scd_sequence)
    ),
    placed as (
        select
            {%- for column in log.data %}
            {%- if log.has_deleted_records and column not in log.key %}
            case when scd_is_delete then lag({{ adapter.quote(column) }}) over scd_w else {{ adapter.quote(column) }} end as {{ adapter.quote(column) }},
            {%- else %}
            {{ adapter.quote(column) }},
            {%- endif %}
            {%- endfor %}
            scd_sequence, scd_is_delete, scd_origin, {{ 'scd_is_filled' if log.fill else 'false' }} as scd_is_filled,
            max(case when scd_opens then scd_sequence end) over (
                partition by {{ key }} order by scd_sequence rows between unbounded preceding and current row
            ) as scd_start,
            {%- if log.initial_valid_from %}
            min(scd_sequence) over (partition by {{ key }}) as scd_first,
            {%- endif %}
            lead(scd_sequence) over scd_w as scd_end,
            coalesce(lead(scd_opens) over scd_w, true) as scd_is_last
        from steps
        where scd_opens or not scd_is_delete
        window scd_w as (partition by {{ key }} order by scd_sequence)
    )
    select
        {{ platform_macros.change_log_list(log.data, 'e') }},
        e.scd_sequence,
        {{ platform_macros.change_log_start(log, 'e.scd_start', 'e.scd_start = e.scd_first') }} as scd_start,
        e.scd_end,
        e.scd_is_delete as scd_is_deleted,
        not e.scd_is_delete and not e.scd_is_filled as scd_is_shown
    from placed as e
    where e.scd_is_last and e.scd_origin <> 0{% if not log.has_deleted_records %} and not e.scd_is_delete{% endif %}
{%- endmacro %}
