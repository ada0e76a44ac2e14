with

flights as (

    select * from {{ ref('fct_flights') }}

),

distance_bands as (

    select * from {{ ref('distance_bands') }}

),

monthly as (

    select
        origin_iata,
        destination_iata,
        cast(date_trunc('month', flight_date) as date) as flight_month,
        max(distance_miles) as distance_miles,
        count(*) as flight_count,
        count(*) filter (where status = 'cancelled') as cancelled_count,
        count(*) filter (where arrival_delay_minutes >= 15) as late_count,
        count(*) filter (where status = 'completed') as completed_count,
        median(arrival_delay_minutes) as median_arrival_delay_minutes
    from flights
    group by
        origin_iata,
        destination_iata,
        date_trunc('month', flight_date)

),

final as (

    select
        monthly.origin_iata || '-' || monthly.destination_iata
        || '-' || strftime(monthly.flight_month, '%Y-%m') as route_month_id,
        monthly.origin_iata,
        monthly.destination_iata,
        monthly.flight_month,
        distance_bands.distance_band,
        monthly.flight_count,
        monthly.cancelled_count,
        monthly.median_arrival_delay_minutes,
        monthly.late_count / nullif(monthly.completed_count, 0) as late_share
    from monthly
    left join distance_bands
        on
            monthly.distance_miles >= distance_bands.from_miles
            and monthly.distance_miles < distance_bands.to_miles

)

select * from final
