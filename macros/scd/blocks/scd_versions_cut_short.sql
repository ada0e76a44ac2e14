{#- Each version, ending at the latest where the next one of its key starts: a range join would find both of two that overlap. -#}
{% macro scd_versions_cut_short(known, keys) -%}
    (
        select
            scd_versions.*,
            case when scd_end is null or scd_next < scd_end then scd_next else scd_end end as scd_to
        from (
            select
                scd_rows.*,
                {{ known.valid_from }} as scd_from,
                {{ known.ends }} as scd_end,
                lead({{ known.valid_from }}) over (
                    partition by scd_rows.{{ keys | join(', scd_rows.') }}
                    order by {{ known.valid_from }}
                ) as scd_next
            from {{ known.rows }} as scd_rows
        ) as scd_versions
    )
{%- endmacro %}
