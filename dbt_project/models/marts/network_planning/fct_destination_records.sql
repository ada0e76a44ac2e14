with

versions as (

    select * from {{ ref('snp_airports') }}

),

flights as (

    select * from {{ ref('fct_flights') }}

),

-- A release is a time at which some airport changed.
releases as (

    select distinct dbt_valid_from as released_at
    from versions

),

destinations as (

    select distinct destination_icao as icao
    from flights

),

records as (

    select
        releases.released_at,
        airports.*
    from releases
    cross join lateral {{ platform_macros.as_of(ref('snp_airports'), 'releases.released_at') }} as airports
    inner join destinations
        on airports.icao = destinations.icao

),

compared as (

    select
        *,
        lag(released_at) over by_release is null as is_first,
        lag(airport_name) over by_release as previous_name,
        {{ platform_macros.distance_km(
            'lag(latitude) over by_release', 'lag(longitude) over by_release', 'latitude', 'longitude'
        ) }} as moved_km
    from records
    window by_release as (
        partition by icao
        order by released_at
    )

),

final as (

    select
        icao || '@' || strftime(released_at, '%Y-%m-%d') as destination_record_id,
        icao,
        released_at,
        iata,
        airport_name,
        city,
        country_code,
        time_zone,
        elevation_ft,
        latitude,
        longitude,
        not is_first and airport_name is distinct from previous_name as is_renamed,
        moved_km
    from compared

)

select * from final
