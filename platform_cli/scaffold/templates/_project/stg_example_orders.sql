with

source as (

    select * from {{ ref('example_orders') }}

),

final as (

    select
        order_id,
        ordered_on as order_date,
        product as product_name,
        amount as amount_eur
    from source

)

select * from final
