{#- The keys to rebuild, and from which time on: the keys of the batch, and those that have a
    version which a truncate of the batch may end. -#}
{% macro change_log_touched(log) -%}
    select {{ platform_macros.change_log_list(log.key) }}, min(scd_sequence) as scd_low
    from (
        select {{ platform_macros.change_log_list(log.key) }}, scd_sequence
        from {{ log.batch }}
        where not scd_is_truncate
        {%- if log.has_truncates and log.has_history %}
        union all
        select {{ platform_macros.change_log_list(log.key, 'h') }}, t.scd_sequence
        from {{ log.history }} as h
        inner join (select distinct scd_sequence from {{ log.batch }} where scd_is_truncate) as t
            on
                h.{{ adapter.quote(log.meta.dbt_valid_from) }} <= t.scd_sequence
                and (
                    {{ platform_macros.change_log_is_open(log, 'h') }}
                    or h.{{ adapter.quote(log.meta.dbt_valid_to) }} >= t.scd_sequence
                )
        union all
        select {{ platform_macros.change_log_list(log.key, 'e') }}, t.scd_sequence
        from {{ log.events }} as e
        inner join {{ log.batch }} as t on {{ platform_macros.change_log_same_sequence(log, 'e', 't') }}
        where t.scd_is_truncate and not e.scd_is_truncate
        {%- endif %}
    ) as scd_all
    group by {{ platform_macros.change_log_list(log.key) }}
{%- endmacro %}
