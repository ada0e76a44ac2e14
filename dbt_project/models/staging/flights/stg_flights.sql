with

source as (

    select * from {{ source('flights', 'flights') }}

),

final as (

    select
        strftime(make_date(year, month, day), '%Y-%m-%d')
        || '-' || origin || '-' || carrier || '-' || flight as flight_id,
        make_date(year, month, day) as flight_date,
        carrier as carrier_code,
        flight as flight_number,
        tailnum as tail_number,
        origin as origin_iata,
        dest as destination_iata,
        time_hour at time zone 'UTC' as scheduled_hour,
        (time_hour at time zone 'UTC') + to_minutes(minute) as scheduled_departure_at,
        dep_time is not null as is_departed,
        dep_delay as departure_delay_minutes,
        arr_delay as arrival_delay_minutes,
        air_time as air_time_minutes,
        distance as distance_miles
    from source

)

select * from final
