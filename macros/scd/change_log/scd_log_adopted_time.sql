{#- SQL: the sequence of the event that a version of a taken over history is: its start. But where a change log wrote the version and
    kept an event of it, the version shows a later one, the one that dbt_updated_at names: with the start as its sequence it would give way to the
    kept event, and the values that it shows would be lost. -#}
{% macro scd_log_adopted_time(scd) -%}
    {%- if not scd.has_events -%}
        {{ return('versions.scd_from') }}
    {%- endif -%}
    case
        when
            versions.scd_updated > versions.scd_from
            and (versions.scd_to is null or versions.scd_updated < versions.scd_to)
            and not versions.scd_deleted
            and exists (
                select 1 from (
                    {{ platform_macros.scd_log_events(scd) }}
                ) as known
                where
                    {{ platform_macros.scd_key_columns(scd, 'known', 'versions') }}
                    and known.u >= versions.scd_from
                    and known.u <= versions.scd_updated
                    and not known.scd_is_delete
                    and not known.scd_is_truncate
            )
            then versions.scd_updated
        else versions.scd_from
    end
{%- endmacro %}
