{#- SQL: the candidates with all that is known of them: source row and open version side by side. A row without version has no scd_id, a
    version without row no key of the source (sk0). -#}
{% macro scd_pairs(scd) -%}
    with candidates as (
        select * from {{ scd.candidates }}
        {%- if scd.hard_deletes == 'ignore' %}
        where k0 is not null
        {%- endif %}
    ),
    source_rows as (
        {{ platform_macros.scd_source_rows(scd) }}
    ),
    open_versions as (
        {{ platform_macros.scd_versions(scd, open_only=true) }}
    )
    select
        {%- for part in scd.key %}
        coalesce(candidates.k{{ loop.index0 }}, open_versions.k{{ loop.index0 }}) as k{{ loop.index0 }},
        {%- endfor %}
        candidates.k0 as sk0,
        source_rows.u,
        candidates.scd_target, open_versions.scd_id, open_versions.scd_from, open_versions.scd_updated,
        coalesce(open_versions.scd_deleted, false) as scd_deleted
        {%- for column in scd.data -%}
            {%- if column.source %},
        source_rows.s{{ loop.index0 }}{% endif -%}
            {%- if column.history %},
        open_versions.h{{ loop.index0 }}{% endif -%}
        {%- endfor %}
    from candidates
    left join source_rows on {{ platform_macros.scd_key_columns(scd, 'candidates', 'source_rows') }}
    left join open_versions on candidates.scd_target = open_versions.scd_target
    where not (candidates.k0 is null and coalesce(open_versions.scd_deleted, false))
{%- endmacro %}
