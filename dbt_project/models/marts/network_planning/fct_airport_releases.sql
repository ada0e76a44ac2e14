with

versions as (

    select
        icao,
        dbt_valid_from,
        dbt_valid_to,
        lag(dbt_valid_to) over versions_of_an_airport as previous_valid_to,
        lead(dbt_valid_from) over versions_of_an_airport as next_valid_from
    from {{ ref('snp_airports') }}
    window versions_of_an_airport as (
        partition by icao
        order by dbt_valid_from
    )

),

-- A version that opens is new, follows the one before it without a gap, or comes back after one.
opened as (

    select
        dbt_valid_from as released_at,
        count(*) filter (where previous_valid_to is null) as new_airports,
        count(*) filter (where previous_valid_to = dbt_valid_from) as changed_airports,
        count(*) filter (where previous_valid_to < dbt_valid_from) as returned_airports
    from versions
    group by dbt_valid_from

),

-- A version that closes and is not followed at once was withdrawn.
withdrawn as (

    select
        dbt_valid_to as released_at,
        count(*) as withdrawn_airports
    from versions
    where
        dbt_valid_to is not null
        and dbt_valid_to is distinct from next_valid_from
    group by dbt_valid_to

),

changes as (

    select
        released_at,
        coalesce(opened.new_airports, 0) as new_airports,
        coalesce(opened.changed_airports, 0) as changed_airports,
        coalesce(opened.returned_airports, 0) as returned_airports,
        coalesce(withdrawn.withdrawn_airports, 0) as withdrawn_airports
    from opened
    full outer join withdrawn using (released_at)

),

final as (

    select
        released_at,
        new_airports,
        changed_airports,
        returned_airports,
        withdrawn_airports,
        -- A change replaces an airport by itself; the other three move the number of them.
        sum(new_airports + returned_airports - withdrawn_airports)
            over (order by released_at)::bigint as airports
    from changes

)

select * from final
