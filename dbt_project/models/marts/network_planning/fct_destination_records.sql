with

flights as (

    select * from {{ ref('fct_flights') }}

),

versions as (

    select * from {{ ref('snp_airports') }}

),

-- By IATA code, as on a ticket: an airport's ICAO code, the key of its history, can change too.
destinations as (

    select distinct destination_iata as iata
    from flights

),

-- Each release brought a new version of at least one airport.
releases as (

    select distinct dbt_valid_from as released_at
    from versions

),

destinations_by_release as (

    select
        destinations.iata,
        releases.released_at
    from releases
    cross join destinations

),

-- Should two airports have a code at a time, the first ICAO code counts, as everywhere.
records as (

    select *
    from {{ platform_macros.as_of_join(
        'destinations_by_release',
        ref('snp_airports'),
        on='iata',
        at='released_at',
        columns=['icao', 'airport_name', 'city', 'country_code', 'time_zone', 'latitude', 'longitude'],
        how='inner',
        prefer='icao'
    ) }} as destinations_then

),

-- The first record of a destination is compared with itself.
with_previous as (

    select
        *,
        lag(icao, 1, icao) over releases_in_order as previous_icao,
        lag(airport_name, 1, airport_name) over releases_in_order as previous_name,
        lag(latitude, 1, latitude) over releases_in_order as previous_latitude,
        lag(longitude, 1, longitude) over releases_in_order as previous_longitude
    from records
    window releases_in_order as (
        partition by iata
        order by released_at
    )

),

final as (

    select
        iata || '@' || strftime(released_at, '%Y-%m-%d') as destination_record_id,
        iata,
        released_at,
        icao,
        airport_name,
        city,
        country_code,
        time_zone,
        latitude,
        longitude,
        (icao != previous_icao) as is_recoded,
        (airport_name is distinct from previous_name) as is_renamed,
        {{ platform_macros.distance_km(
            'previous_latitude', 'previous_longitude', 'latitude', 'longitude'
        ) }} as moved_km
    from with_previous

)

select * from final
