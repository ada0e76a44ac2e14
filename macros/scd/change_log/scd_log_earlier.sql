{#- SQL: the touched keys with versions that ended before all that can change; only of keys where that matters: those that look new, and
    for initial_valid_from all. -#}
{% macro scd_log_earlier(scd) -%}
    select distinct {{ platform_macros.scd_key_columns(scd, 'versions') }}
    from (
        {{ platform_macros.scd_versions(scd, data=false) }}
    ) as versions
    inner join (
        select touched.* from {{ scd.log.touched }} as touched
        {%- if not scd.log.initial %}
        where not exists (
            select 1 from {{ scd.log.existing }} as existing where {{ platform_macros.scd_key_columns(scd, 'touched', 'existing') }}
        )
        {%- endif %}
    ) as touched on {{ platform_macros.scd_key_columns(scd, 'versions', 'touched') }}
    where scd_to < low
{%- endmacro %}
