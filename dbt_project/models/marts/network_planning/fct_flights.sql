{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key='flight_id',
        on_schema_change='fail'
    )
}}

with

flights as (

    select * from {{ ref('int_flights__enriched') }}

    {% if is_incremental() %}
        -- Delays are corrected for a few days after a flight: the last week is read again.
        where flight_date >= (select max(loaded.flight_date) - 7 from {{ this }} as loaded)
    {% endif %}

),

final as (

    select
        flight_id,
        flight_date,
        carrier_code,
        flight_number,
        tail_number,
        origin_iata,
        origin_icao,
        destination_iata,
        destination_icao,
        scheduled_departure_at,
        status,
        departure_delay_minutes,
        arrival_delay_minutes,
        air_time_minutes,
        distance_miles,
        wind_speed_mph,
        precipitation_inches,
        visibility_miles
    from flights

)

select * from final
