{#- SQL: every event of the touched keys that matters. scd_origin: 0 the version before all that can change, whose values a NULL or a
    deleted record keeps; 1 kept by an earlier run; 2 shown by a version; 3 of this batch. -#}
{% macro scd_log_gathered(scd) -%}
    {%- set log = scd.log -%}
    {#- The one row of `type: 1` does not show what was before it, so a NULL needs all events. -#}
    {%- set recent = 'true' if log.type == 1 and log.fill else 'events.u >= bounds.low' -%}
    {%- set same_key = platform_macros.scd_key_columns(scd, 'events', 'bounds') -%}
    {%- set columns = log.k + ['u'] + log.b + ['scd_is_truncate', 'scd_is_delete'] + log.d -%}
    select {{ columns | join(', ') }}, 3 as scd_origin
    from {{ log.batch }}
    where not scd_is_truncate
    {%- if log.has_truncates %}
    {{ platform_macros.scd_log_of_all_keys(scd, log.batch, 3, recent if scd.exists else 'true') }}
    {%- endif %}
    {%- if scd.exists %}
    {%- if scd.has_events %}
    union all
    select {{ platform_macros.scd_log_names(columns, 'events') }}, 1
    from (
        {{ platform_macros.scd_log_events(scd) }}
    ) as events
    inner join {{ log.bounds }} as bounds on {{ same_key }}
    where not events.scd_is_truncate and {{ recent }}
    {{ platform_macros.scd_log_of_all_keys(scd, '(' ~ platform_macros.scd_log_events(scd) ~ ')', 1, recent) }}
    {%- endif %}
    union all
    {{ platform_macros.scd_log_shown(scd) }}
    {%- if log.adopts %}
    union all
    select {{ platform_macros.scd_log_names(columns, 'events') }}, 1
    from {{ log.adopted }} as events
    inner join {{ log.bounds }} as bounds on {{ same_key }}
    where {{ recent }}
    {%- endif %}
    {%- if log.fill or log.has_deleted_records %}
    union all
    select
        {{ platform_macros.scd_key_columns(scd, 'versions') }}, scd_updated{{ platform_macros.scd_log_of_version(scd, 'versions') }}, 0
    from (
        {{ platform_macros.scd_versions(scd) }}
    ) as versions
    inner join {{ log.bounds }} as bounds on {{ platform_macros.scd_key_columns(scd, 'versions', 'bounds') }}
    where scd_to = bounds.low and bounds.low < bounds.touched_from and not scd_deleted
    {%- endif %}
    {%- endif %}
{%- endmacro %}
