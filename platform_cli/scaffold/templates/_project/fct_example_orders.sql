with

orders as (

    select * from {{ ref('stg_example_orders') }}

),

final as (

    select
        order_id,
        order_date,
        product_name,
        amount_eur
    from orders

)

select * from final
