{#- SQL: per touched key the time from which on its events are gathered: the start of the first version that can change. -#}
{% macro scd_log_bounds(scd) -%}
    select
        {{ platform_macros.scd_key_columns(scd, 'touched') }},
        touched.low as touched_from,
        case when min(existing.scd_from) < touched.low then min(existing.scd_from) else touched.low end as low
    from {{ scd.log.touched }} as touched
    left join {{ scd.log.existing }} as existing on {{ platform_macros.scd_key_columns(scd, 'touched', 'existing') }}
    group by {{ platform_macros.scd_key_columns(scd, 'touched') }}, touched.low
{%- endmacro %}
