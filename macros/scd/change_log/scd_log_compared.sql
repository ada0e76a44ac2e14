{#- SQL: rebuilt and existing versions side by side, with what has to be done (scd_action). -#}
{% macro scd_log_compared(scd) -%}
    {%- set log = scd.log -%}
    {%- set differ = ['versions.u is distinct from existing.scd_updated', 'versions.scd_deleted <> existing.scd_deleted'] -%}
    {%- for column in scd.data if not column.is_key -%}
        {%- do differ.append(platform_macros.scd_differs(
            'versions.d' ~ scd.data.index(column),
            'existing.h' ~ scd.data.index(column) if column.history else 'cast(null as ' ~ column.type ~ ')', column.type
        )) -%}
    {%- endfor -%}
    {%- if not scd.exists -%}
    select
        'add' as scd_action, {{ platform_macros.scd_no_target(scd) }} as scd_target,
        cast(null as {{ platform_macros.scd_text_type() }}) as was_id, cast(null as {{ scd.time_type }}) as was_from,
        cast(null as {{ scd.time_type }}) as was_open,
        case when scd_end is null and not scd_deleted then scd_start end as is_open,
        {{ (log.k + ['u'] + log.d) | join(', ') }}, scd_start, scd_end, scd_deleted
    from {{ log.versions }} as versions
    {%- else -%}
    select
        case
            when existing.scd_from is null then 'add'
            when versions.scd_start is null then 'remove'
            when {{ differ | join('\n                or ') }} then 'overwrite'
            when versions.scd_end is distinct from existing.scd_to then 'close'
        end as scd_action,
        existing.scd_target,
        existing.scd_id as was_id,
        existing.scd_from as was_from,
        case when existing.scd_to is null and not existing.scd_deleted then existing.scd_from end as was_open,
        case when versions.scd_end is null and not versions.scd_deleted then versions.scd_start end as is_open,
        {%- for name in log.k %}
        coalesce(versions.{{ name }}, existing.{{ name }}) as {{ name }},
        {%- endfor %}
        {{ platform_macros.scd_log_names(['u'] + log.d, 'versions') }}, versions.scd_start, versions.scd_end,
        coalesce(versions.scd_deleted, false) as scd_deleted
    from {{ log.versions }} as versions
    full join {{ log.existing }} as existing
        on {{ platform_macros.scd_key_columns(scd, 'versions', 'existing') }} and versions.scd_start = existing.scd_from
    {%- endif %}
    {%- if log.has_deleted_records and not log.new_record %}
    {#- Deleted records of an earlier configuration stay until their key returns; none are made. #}
    where {{ 'existing.scd_from is not null or ' if scd.exists }}not versions.scd_deleted
    {%- endif %}
{%- endmacro %}
