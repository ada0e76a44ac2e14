{#- The versions of the touched keys that the batch can change: those that end at its first event or
    later. What ends before cannot change, however long the history of the key is. -#}
{% macro change_log_existing(log) -%}
    {%- set meta = log.meta -%}
    select
        h.{{ log.address }} as scd_target,
        h.{{ adapter.quote(meta.dbt_scd_id) }} as scd_id,
        {{ platform_macros.change_log_list(log.data, 'h') }},
        h.{{ adapter.quote(meta.dbt_valid_from) }} as scd_start,
        case
            when not {{ platform_macros.change_log_is_open(log, 'h') }} then h.{{ adapter.quote(meta.dbt_valid_to) }}
        end as scd_end,
        h.{{ adapter.quote(meta.dbt_updated_at) }} as scd_updated,
        {#- A state strategy may have written a start that is not the row's updated_at. #}
        h.{{ adapter.quote(meta.dbt_valid_from if log.adopts else meta.dbt_updated_at) }} as scd_sequence,
        {{ "h." ~ adapter.quote(meta.dbt_is_deleted) ~ " = 'True'" if log.has_deleted_records else 'false' }} as scd_is_deleted
    from {{ log.history }} as h
    inner join {{ log.touched }} as t on {{ platform_macros.change_log_same_key(log, 'h', 't') }}
    where
        {{ platform_macros.change_log_is_open(log, 'h') }}
        or h.{{ adapter.quote(meta.dbt_valid_to) }} >= t.scd_low
{%- endmacro %}

{#- For each touched key the time from which its events are gathered: the start of the first
    version that can change. -#}
{% macro change_log_bounds(log) -%}
    select
        {{ platform_macros.change_log_list(log.key, 't') }},
        t.scd_low as scd_touched_from,
        case when min(x.scd_start) < t.scd_low then min(x.scd_start) else t.scd_low end as scd_low,
        count(x.scd_start) as scd_versions
    from {{ log.touched }} as t
    left join {{ log.existing }} as x on {{ platform_macros.change_log_same_key(log, 't', 'x') }}
    group by {{ platform_macros.change_log_list(log.key, 't') }}, t.scd_low
{%- endmacro %}

{#- The touched keys with versions that end before anything that can change. -#}
{% macro change_log_earlier(log) -%}
    select distinct {{ platform_macros.change_log_list(log.key, 'h') }}
    from {{ log.history }} as h
    inner join {{ log.touched }} as t on {{ platform_macros.change_log_same_key(log, 'h', 't') }}
    where
        not {{ platform_macros.change_log_is_open(log, 'h') }}
        and h.{{ adapter.quote(log.meta.dbt_valid_to) }} < t.scd_low
{%- endmacro %}
