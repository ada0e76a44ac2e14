{{ config(tags='built') }}

select * from {{ platform_macros.changes_between(ref('snp_orders'), '2022-06-01', '2024-01-01') }} as changes
