-- By a part of the key only: two orders 1 are there at a time.
{{ config(tags='built') }}

select *
from {{ platform_macros.as_of_join(
    ref('deliveries'), ref('snp_orders'), on={'order_id': 'Order Id'}, at='2024-01-01', columns={'Unit price': 'price'}
) }} as deliveries
