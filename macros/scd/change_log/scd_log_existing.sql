{#- SQL: the versions of the touched keys that can change: those that end at the first new event or later. What ends before stays,
    however long the history of a key is. `u` is the time of the event that the version shows. -#}
{% macro scd_log_existing(scd) -%}
    {#- A state strategy may have let a version start at the time of a run. -#}
    select versions.*, {{ platform_macros.scd_log_adopted_time(scd) if scd.log.adopts else 'scd_updated' }} as u
    from (
        {{ platform_macros.scd_versions(scd) }}
    ) as versions
    inner join {{ scd.log.touched }} as touched on {{ platform_macros.scd_key_columns(scd, 'versions', 'touched') }}
    where scd_to is null or scd_to >= low
{%- endmacro %}
