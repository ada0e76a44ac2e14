with

flights as (

    select * from {{ ref('fct_flights') }}

),

planes as (

    select * from {{ ref('stg_planes') }}

),

flown as (

    select distinct tail_number
    from flights
    where tail_number is not null

),

final as (

    select
        flown.tail_number,
        planes.tail_number is not null as is_registered,
        planes.built_year,
        planes.aircraft_type,
        planes.manufacturer,
        planes.model,
        planes.engine_count,
        planes.engine_type,
        planes.seat_count
    from flown
    left join planes
        on flown.tail_number = planes.tail_number

)

select * from final
