{#- SQL: what is wrong in the versions, per fault up to five keys and their number: several open versions of a key, overlaps, versions that
    end no later than they begin, repeated ids, NULL keys or starts. Two versions overlap somewhere exactly when two neighbours do, ordered by
    their start. `touched`: a table with the keys (k0, ...) to look at, else all. -#}
{% macro scd_faults_query(scd, touched=none) -%}
    with versions as (
        {{ platform_macros.scd_versions(scd, data=false) }}
    ),
    looked_at as (
        select versions.*,
            lead(scd_from) over (
                partition by {{ platform_macros.scd_key_columns(scd, 'versions') }} order by scd_from, scd_to nulls last
            ) as next_from,
            {%- if touched is none %}
            count(*) over (partition by scd_id) as of_id
            {%- else %}
            1 as of_id
            {%- endif %}
        from versions
        {%- if touched is not none %}
        where exists (
            select 1 from {{ touched }} as touched where {{ platform_macros.scd_key_columns(scd, 'touched', 'versions') }}
        )
        {%- endif %}
    ),
    judged as (
        select {{ platform_macros.scd_shown_key(scd, 'looked_at') }} as shown,
            case
                when {% for _ in scd.key %}k{{ loop.index0 }} is null{{ ' or ' if not loop.last }}{% endfor %} then '1'
                when scd_from is null then '2'
                when scd_to <= scd_from then '3'
                when next_from is not null and scd_to is null then '4'
                when next_from < scd_to then '5'
                when of_id > 1 or scd_id is null then '6'
            end as fault
        from looked_at
    ),
    ranked as (
        select fault, shown, count(*) over (partition by fault) as n,
            row_number() over (partition by fault order by shown) as place
        from judged where fault is not null
    )
    select fault, shown, cast(n as varchar) from ranked where place <= 5 order by fault, place
{%- endmacro %}
