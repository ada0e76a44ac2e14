{{ config(tags='built') }}

select * from {{ platform_macros.current_rows(ref('snp_orders_unsound')) }} as orders
