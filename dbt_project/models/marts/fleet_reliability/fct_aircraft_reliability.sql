with

aircraft as (

    select * from {{ ref('dim_aircraft') }}

),

flights as (

    select * from {{ ref('fct_flights') }}

),

flown as (

    select
        tail_number,
        count(*) as flight_count,
        count(*) filter (where status = 'cancelled') as cancelled_count,
        count(*) filter (where status = 'diverted') as diverted_count,
        median(departure_delay_minutes) as median_departure_delay_minutes,
        max(flight_date) as last_flight_date
    from flights
    where tail_number is not null
    group by tail_number

),

final as (

    select
        aircraft.tail_number,
        aircraft.manufacturer,
        aircraft.model,
        extract(year from flown.last_flight_date) - aircraft.built_year as age_years,
        flown.flight_count,
        flown.cancelled_count,
        flown.diverted_count,
        flown.median_departure_delay_minutes,
        1 - (flown.cancelled_count + flown.diverted_count) / flown.flight_count as completion_share
    from aircraft
    inner join flown
        on aircraft.tail_number = flown.tail_number

)

select * from final
