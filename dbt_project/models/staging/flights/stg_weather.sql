with

source as (

    select * from {{ source('flights', 'weather') }}

),

final as (

    select
        origin as airport_iata,
        time_hour at time zone 'UTC' as observed_hour,
        -- No wind near the ground was ever faster than 253 mph: more is a broken instrument.
        case when wind_speed <= 253 then wind_speed end as wind_speed_mph,
        precip as precipitation_inches,
        visib as visibility_miles
    from source

)

select * from final
