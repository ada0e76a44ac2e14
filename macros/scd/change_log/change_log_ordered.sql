{#- The gathered events in their order. `scd_again`: the next row is the same event; `scd_next`: the
    time of the next row; with `ignore_null_updates` the columns are filled, `scd_raw_<n>` keeps the
    n-th of them as it came, and `scd_is_filled` says that they differ. -#}
{% macro change_log_ordered(log) -%}
    with gathered as (
        {{ platform_macros.change_log_gathered(log) }}
    )
    {%- if log.fill %}, {{ platform_macros.change_log_filled(log) }}{% endif %}
    select
        e.*,
        lead(scd_sequence) over scd_w as scd_next,
        coalesce(
            lead(scd_sequence) over scd_w = scd_sequence
            {%- for column in log.sequence_by %}
            and lead({{ adapter.quote(column) }}) over scd_w is not distinct from {{ adapter.quote(column) }}
            {%- endfor %},
            false
        ) as scd_again
    from {{ 'filled' if log.fill else 'gathered' }} as e
    window scd_w as (
        partition by {{ platform_macros.change_log_list(log.key) }}
        order by {{ platform_macros.change_log_order(log) }}, scd_origin desc
    )
{%- endmacro %}

{#- A NULL takes the value of the event before it in the same life of the key; a delete ends a life. -#}
{% macro change_log_filled(log) -%}
    {%- set key = platform_macros.change_log_list(log.key) -%}
    {%- set order = platform_macros.change_log_order(log) ~ ', scd_origin desc' -%}
    lives as (
        select
            e.*,
            sum(case when scd_is_delete then 1 else 0 end) over (
                partition by {{ key }} order by {{ order }} rows between unbounded preceding and current row
            ) as scd_life
        from gathered as e
    ),
    {#- Each value begins a run; the NULLs after it belong to it. A delete row holds values of no life. #}
    runs as (
        select
            e.*
            {%- for column in log.fill %},
            count(case when not scd_is_delete then {{ adapter.quote(column) }} end) over (
                partition by {{ key }}, scd_life order by {{ order }} rows between unbounded preceding and current row
            ) as scd_run_{{ loop.index }}
            {%- endfor %}
        from lives as e
    ),
    filled as (
        select
            {%- for column in log.data %}
            {%- if column in log.fill %}
            case when scd_is_delete then {{ adapter.quote(column) }} else first_value({{ adapter.quote(column) }}) over (
                partition by {{ key }}, scd_life, scd_run_{{ log.fill.index(column) + 1 }}, scd_is_delete order by {{ order }}
            ) end as {{ adapter.quote(column) }},
            {{ adapter.quote(column) }} as scd_raw_{{ log.fill.index(column) + 1 }},
            {%- else %}
            {{ adapter.quote(column) }},
            {%- endif %}
            {%- endfor %}
            not scd_is_delete and (
            {%- for column in log.fill %}
                ({{ adapter.quote(column) }} is null and scd_run_{{ loop.index }} > 0)
                {%- if not loop.last %} or {% endif -%}
            {%- endfor %}
            ) as scd_is_filled,
            scd_sequence, scd_is_delete, scd_is_truncate, scd_origin
        from runs
    )
{%- endmacro %}
