{#- SQL: source rows and open versions side by side, those that may differ. A row without version has no scd_id, a version without row
    no key of the source (sk0). -#}
{% macro scd_pairs(scd) -%}
    {%- set missing = scd.hard_deletes != 'ignore' -%}
    with source_rows as (
        {{ platform_macros.scd_source_rows(scd) }}
    ),
    open_versions as (
        {{ platform_macros.scd_versions(scd, open_only=true) }}
    )
    select
        {%- for part in scd.key %}
        coalesce(source_rows.k{{ loop.index0 }}, open_versions.k{{ loop.index0 }}) as k{{ loop.index0 }},
        {%- endfor %}
        source_rows.k0 as sk0,
        source_rows.u,
        open_versions.scd_target, open_versions.scd_id, open_versions.scd_from, open_versions.scd_updated,
        coalesce(open_versions.scd_deleted, false) as scd_deleted
        {%- for column in scd.data -%}
            {%- if column.source %},
        source_rows.s{{ loop.index0 }}{% endif -%}
            {%- if column.history %},
        open_versions.h{{ loop.index0 }}{% endif -%}
        {%- endfor %}
    from source_rows
    {{ 'full' if missing else 'left' }} join open_versions on {{ platform_macros.scd_key_columns(scd, 'source_rows', 'open_versions') }}
    where
        open_versions.scd_id is null
        {%- if missing %}
        or (source_rows.k0 is null and not open_versions.scd_deleted)
        {%- endif %}
        or (source_rows.k0 is not null and (
            open_versions.scd_deleted
            {%- set only_moved = scd.sequence and scd.strategy == 'timestamp' and scd.scd.get('check_ties') is sameas false -%}
            {%- for column in scd.data if column.source and (not only_moved or column.source == scd.sequence.source) %}
            or {{ platform_macros.scd_differs(
                'source_rows.s' ~ scd.data.index(column),
                'open_versions.h' ~ scd.data.index(column) if column.history else 'cast(null as ' ~ column.type ~ ')',
                column.type, roughly=true
            ) }}
            {%- endfor %}
        ))
{%- endmacro %}
