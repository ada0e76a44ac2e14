{#- SQL, `type: 1`: the last event of each key, if it is no delete. -#}
{% macro scd_log_current(scd) -%}
    {%- set log = scd.log -%}
    select
        {{ (log.k + ['u'] + log.d) | join(', ') }},
        {{ platform_macros.scd_log_start(scd, 'u', 'true') }} as scd_start,
        cast(null as {{ scd.time_type }}) as scd_end,
        false as scd_deleted,
        {{ 'not scd_is_filled' if log.fill else 'true' }} as scd_is_shown
    from {{ log.ordered }} as events
    where scd_next is null and not scd_is_delete
{%- endmacro %}
