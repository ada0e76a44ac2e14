{#- SQL: the pairs with what happens to them (`kind`) and where the new version starts (`start`). -#}
{% macro scd_judged(scd) -%}
    {%- set now = platform_macros.scd_time(scd) -%}
    {%- set initial = scd.scd.get('initial_valid_from') if scd.first_load -%}
    with pairs as (
        select * from {{ scd.pairs }}
    ),
    ended as (
        select {{ platform_macros.scd_key_columns(scd, 'versions') }}, max(coalesce(scd_to, scd_from)) as last_end
        from (
            {{ platform_macros.scd_versions(scd, data=false) }}
        ) as versions
        where exists (
            select 1 from pairs
            where {{ platform_macros.scd_key_columns(scd, 'pairs', 'versions') }} and (pairs.scd_id is null or pairs.scd_deleted)
        )
        group by {{ platform_macros.scd_key_columns(scd, 'versions') }}
    ),
    compared as (
        select
            pairs.*,
            ended.last_end,
            {{ platform_macros.scd_tracked_differ(scd, 'pairs', 'pairs') }} as tracked_differ,
            {{ platform_macros.scd_untracked_differ(scd, 'pairs', 'pairs') }} as untracked_differ
        from pairs
        left join ended on {{ platform_macros.scd_key_columns(scd, 'pairs', 'ended') }}
    ),
    {%- if scd.may_be_late %}
    placed as (
        select
            {{ platform_macros.scd_key_columns(scd, 'compared') }},
            max(case when versions.scd_from = u then 1 else 0 end) as meets,
            max(case when versions.scd_from = u and not {{ platform_macros.scd_tracked_differ(scd, 'compared', 'versions') }} then 1 else 0 end) as meets_same,
            min(case when versions.scd_from > u then versions.scd_from end) as next_from,
            max(case when versions.scd_from < u and versions.scd_to > u then versions.scd_target end) as around
        from compared
        inner join (
            {{ platform_macros.scd_versions(scd) }}
        ) as versions on {{ platform_macros.scd_key_columns(scd, 'compared', 'versions') }}
        where tracked_differ and not compared.scd_deleted and u < compared.scd_from
        group by {{ platform_macros.scd_key_columns(scd, 'compared') }}
    ),
    {%- endif %}
    kinds as (
        select
            compared.*,
            {%- if scd.may_be_late %}
            placed.next_from, placed.around,
            {%- endif %}
            case
                when sk0 is null then 'closed'
                when scd_id is null and last_end is null then 'new'
                when scd_id is null or scd_deleted then 'returned'
                {%- if scd.may_be_late %}
                when meets_same = 1 then null
                when meets = 0 then 'late'
                {%- endif %}
                when tracked_differ then 'changed'
                when untracked_differ then 'overwritten'
            end as kind
        from compared
        {%- if scd.may_be_late %}
        left join placed on {{ platform_macros.scd_key_columns(scd, 'compared', 'placed') }}
        {%- endif %}
    )
    select
        kinds.*,
        case
            when kind = 'closed' then {{ now }}
            {%- if scd.may_be_late %}
            when kind = 'late' then u
            {%- endif %}
            {%- if initial %}
            when kind = 'new' then cast({{ platform_macros.scd_text(initial) }} as timestamp)
            {%- endif %}
            {%- if scd.sequence %}
            when kind = 'new' and u < {{ now }} then u
            when kind = 'changed' and u > scd_from and u < {{ now }} then u
            when kind = 'returned' and u > last_end and u < {{ now }} then u
            {%- endif %}
            else {{ now }}
        end as start
    from kinds
    where kind is not null
{%- endmacro %}
