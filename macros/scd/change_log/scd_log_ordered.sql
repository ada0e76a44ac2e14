{#- SQL: the gathered events in their order. scd_next: the time of the next row; scd_again: the next row is the same event. With
    ignore_null_updates the columns are filled, r<n> keeps d<n> as it came, and scd_is_filled says that one differs. -#}
{% macro scd_log_ordered(scd) -%}
    {%- set log = scd.log -%}
    with gathered as (
        {{ platform_macros.scd_log_gathered(scd) }}
    )
    {%- if log.fill %},
    {{ platform_macros.scd_log_filled(scd) }}
    {%- endif %}
    select
        events.*,
        lead(u) over event_order as scd_next,
        coalesce(
            lead(u) over event_order = u
            and lead(scd_is_truncate) over event_order = scd_is_truncate
            {%- for name in log.b %}
            and lead({{ name }}) over event_order is not distinct from {{ name }}
            {%- endfor %},
            false
        ) as scd_again
    from {{ 'filled' if log.fill else 'gathered' }} as events
    window event_order as (partition by {{ log.k | join(', ') }} order by {{ platform_macros.scd_log_order(scd) }})
{%- endmacro %}
