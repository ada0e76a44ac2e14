{{ config(tags='built') }}

select *
from {{ platform_macros.as_of_join(
    ref('deliveries'), ref('snp_orders'), on={'order_id': 'order id', 'group': 'GROUP'}, at='delivered at', prefix='order '
) }} as deliveries
