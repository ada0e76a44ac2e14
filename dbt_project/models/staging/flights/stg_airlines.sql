with

source as (

    select * from {{ source('flights', 'airlines') }}

),

final as (

    select
        carrier as carrier_code,
        name as carrier_name
    from source

)

select * from final
