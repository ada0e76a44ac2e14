select * from {{ ref('legacy.orders_view') }}
