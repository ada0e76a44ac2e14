-- A route's published distance is that between the two airports it was joined to, within 3 %.
-- A wrong airport behind an IATA code shows up here, whatever its keys say.
with

flights as (

    select * from {{ ref('fct_flights') }}

),

airports as (

    select * from {{ ref('dim_airports') }}

),

routes as (

    select distinct
        origin_icao,
        destination_icao,
        distance_miles
    from flights

),

measured as (

    select
        routes.origin_icao,
        routes.destination_icao,
        routes.distance_miles,
        {{ platform_macros.distance_km(
            'origins.latitude', 'origins.longitude', 'destinations.latitude', 'destinations.longitude'
        ) }} / 1.609344 as measured_miles
    from routes
    left join airports as origins
        on routes.origin_icao = origins.icao
    left join airports as destinations
        on routes.destination_icao = destinations.icao

)

select * from measured
where
    measured_miles is null
    or abs(measured_miles / distance_miles - 1) > 0.03
