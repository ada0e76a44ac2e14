{#- SQL: changes that let dbt_updated_at say where a version starts, in a history that a state strategy made: from now on it is the sequence
    of the version's event. For keys that are rebuilt, the rebuild does it. -#}
{% macro scd_log_adopted_sequences(scd) -%}
    {%- set log = scd.log -%}
    select
        'overwrite', null, versions.scd_target
        {%- for column in scd.data %},
        {{ 'versions.h' ~ loop.index0 if column.history else 'cast(null as ' ~ column.type ~ ')' }}
        {%- endfor %}
        {{- platform_macros.scd_meta_columns(
            scd, id='versions.scd_id', updated='versions.u', valid_from='versions.scd_from', valid_to='versions.scd_to',
            deleted_when='versions.scd_deleted'
        ) }}
    from (
        select versions.*, {{ platform_macros.scd_log_adopted_time(scd) }} as u
        from (
            {{ platform_macros.scd_versions(scd) }}
        ) as versions
    ) as versions
    left join {{ log.existing }} as existing on versions.scd_target = existing.scd_target
    where existing.scd_target is null and versions.scd_updated is distinct from versions.u
{%- endmacro %}
