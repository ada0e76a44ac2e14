with

flights as (

    select * from {{ ref('stg_flights') }}

),

airports as (

    select * from {{ ref('int_airports__by_iata') }}

),

weather as (

    select * from {{ ref('stg_weather') }}

),

final as (

    select
        flights.flight_id,
        flights.flight_date,
        flights.carrier_code,
        flights.flight_number,
        flights.tail_number,
        flights.origin_iata,
        origins.icao as origin_icao,
        flights.destination_iata,
        destinations.icao as destination_icao,
        flights.scheduled_departure_at,
        case
            when not flights.is_departed then 'cancelled'
            when flights.air_time_minutes is null then 'diverted'
            else 'completed'
        end as status,
        flights.departure_delay_minutes,
        flights.arrival_delay_minutes,
        flights.air_time_minutes,
        flights.distance_miles,
        weather.wind_speed_mph,
        weather.precipitation_inches,
        weather.visibility_miles
    from flights
    left join airports as origins
        on flights.origin_iata = origins.iata
    left join airports as destinations
        on flights.destination_iata = destinations.iata
    left join weather
        on
            flights.origin_iata = weather.airport_iata
            and flights.scheduled_hour = weather.observed_hour

)

select * from final
