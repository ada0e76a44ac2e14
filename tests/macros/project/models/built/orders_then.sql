{{ config(tags='built') }}

select * from {{ platform_macros.as_of(ref('snp_orders'), '2022-06-01') }} as orders
