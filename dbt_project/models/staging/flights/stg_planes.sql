with

source as (

    select * from {{ source('flights', 'planes') }}

),

final as (

    select
        tailnum as tail_number,
        year as built_year,
        type as aircraft_type,
        manufacturer,
        model,
        engines as engine_count,
        engine as engine_type,
        seats as seat_count
    from source

)

select * from final
