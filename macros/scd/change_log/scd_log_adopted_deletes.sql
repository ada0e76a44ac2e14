{#- SQL: the deletes in a history that was made without events: where a version ends and no other begins, and where a deleted record
    begins. Rows as scd_log_events gives them, with the key. -#}
{% macro scd_log_adopted_deletes(scd) -%}
    {%- set log = scd.log -%}
    select {{ platform_macros.scd_key_columns(scd, 'ends') }}, ends.u
        {%- for column in log.breakers %}, cast(null as {{ column.type }}) as b{{ loop.index0 }}{% endfor %}, false as scd_is_truncate, true as scd_is_delete
        {%- for column in scd.data %}, {{ platform_macros.scd_log_key_value(scd, column, 'ends') }} as d{{ loop.index0 }}{% endfor %}
    from (
        select
            {{ platform_macros.scd_key_columns(scd, 'versions') }},
            case
                when scd_deleted then scd_from
                when lead(scd_from) over (
                    partition by {{ platform_macros.scd_key_columns(scd, 'versions') }} order by scd_from
                ) = scd_to then null
                else scd_to
            end as u
        from (
            {{ platform_macros.scd_versions(scd, data=false) }}
        ) as versions
    ) as ends
    {%- if scd.has_events %}
    left join (
        {{ platform_macros.scd_log_events(scd) }}
    ) as known on {{ platform_macros.scd_key_columns(scd, 'ends', 'known') }} and ends.u = known.u and known.scd_is_delete
    where ends.u is not null and known.u is null
    {%- else %}
    where ends.u is not null
    {%- endif %}
{%- endmacro %}
