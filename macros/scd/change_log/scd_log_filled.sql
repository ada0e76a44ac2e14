{#- SQL, as CTEs: a NULL takes the value of the event before it in the same life of the key; a delete ends a life. Each value begins a
    run, to which the NULLs after it belong. -#}
{% macro scd_log_filled(scd) -%}
    {%- set log = scd.log -%}
    {%- set key = log.k | join(', ') -%}
    {%- set so_far = 'order by ' ~ platform_macros.scd_log_order(scd) ~ ' rows between unbounded preceding and current row' -%}
    lives as (
        select
            gathered.*,
            sum(case when scd_is_delete then 1 else 0 end) over (partition by {{ key }} {{ so_far }}) as scd_life
        from gathered
    ),
    runs as (
        select
            lives.*
            {%- for name in log.fill %},
            count(case when not scd_is_delete then {{ name }} end) over (partition by {{ key }}, scd_life {{ so_far }}) as run_{{ name }}
            {%- endfor %}
        from lives
    ),
    filled as (
        select
            {{ (log.k + ['u'] + log.b) | join(', ') }}, scd_is_truncate, scd_is_delete, scd_origin
            {%- for name in log.d %},
            {%- if name in log.fill %}
            {{ name }} as r{{ name[1:] }},
            case
                when scd_is_delete then {{ name }}
                else first_value({{ name }}) over (
                    partition by {{ key }}, scd_life, run_{{ name }}, scd_is_delete order by {{ platform_macros.scd_log_order(scd) }}
                )
            end as {{ name }}
            {%- else %}
            {{ name }}
            {%- endif %}
            {%- endfor %},
            not scd_is_delete and (
            {%- for name in log.fill %}
                ({{ name }} is null and run_{{ name }} > 0){{ ' or' if not loop.last }}
            {%- endfor %}
            ) as scd_is_filled
        from runs
    )
{%- endmacro %}
