{#- SQL, after a union: the truncates of a table as deletes of every touched key. -#}
{% macro scd_log_of_all_keys(scd, events, origin, recent) -%}
    {%- if scd.log.truncate_when is not none or scd.has_events %}
    union all
    select {{ platform_macros.scd_key_columns(scd, 'bounds') }}, events.u
        {%- for name in scd.log.b %}, events.{{ name }}{% endfor %}, true, true
        {%- for column in scd.data %}, cast(null as {{ column.type }}){% endfor %}, {{ origin }}
    from {{ events }} as events
    inner join {{ scd.log.bounds if scd.exists else scd.log.touched }} as bounds on {{ recent }}
    where events.scd_is_truncate
    {%- endif %}
{%- endmacro %}
