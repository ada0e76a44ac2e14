{#- SQL: the keys to rebuild, and the first time at which something about them is new (low): the keys of the batch, and those with a version
    that a truncate of the batch may end. All keys, from their beginning, when the rules changed. -#}
{% macro scd_log_touched(scd) -%}
    {%- set log = scd.log -%}
    {%- set key = log.k | join(', ') -%}
    select {{ key }}, min(u) as low
    from (
        select {{ key }}, u
        from {{ log.batch }}
        where not scd_is_truncate
        {%- if scd.exists and log.rules_changed %}
        union all
        select {{ key }}, scd_from from (
            {{ platform_macros.scd_versions(scd, data=false) }}
        ) as versions
        {%- if scd.has_events %}
        union all
        select {{ key }}, u from (
            {{ platform_macros.scd_log_events(scd) }}
        ) as events
        where not scd_is_truncate
        {%- endif %}
        {%- elif scd.exists and log.has_truncates %}
        union all
        select {{ platform_macros.scd_log_names(log.k, 'versions') }}, truncates.u
        from (
            {{ platform_macros.scd_versions(scd, data=false) }}
        ) as versions
        inner join (select distinct u from {{ log.batch }} where scd_is_truncate) as truncates
            on versions.scd_from <= truncates.u and (versions.scd_to is null or versions.scd_to >= truncates.u)
        {%- endif %}
    ) as touching
    group by {{ key }}
{%- endmacro %}
