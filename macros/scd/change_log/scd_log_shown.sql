{#- SQL: the events that the history itself shows: those of versions whose last event is not kept beside it. -#}
{% macro scd_log_shown(scd) -%}
    {%- set log = scd.log -%}
    select {{ platform_macros.scd_key_columns(scd, 'existing') }}, existing.u{{ platform_macros.scd_log_of_version(scd, 'existing') }}, 2
    from {{ log.existing }} as existing
    {%- if scd.has_events %}
    left join (
        {{ platform_macros.scd_log_events(scd) }}
    ) as events
        on
            {{ platform_macros.scd_key_columns(scd, 'existing', 'events') }}
            and existing.u = events.u
            {%- for column in log.breakers %}
            and {{ 'existing.h' ~ scd.data.index(column) if column.history else 'cast(null as ' ~ column.type ~ ')' }} is not distinct from events.b{{ loop.index0 }}
            {%- endfor %}
            and not events.scd_is_delete
            and not events.scd_is_truncate
    where events.u is null and not existing.scd_deleted
    {%- else %}
    where not existing.scd_deleted
    {%- endif %}
{%- endmacro %}
