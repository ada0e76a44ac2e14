-- With a time zone, and around midnight in UTC.
{{ config(tags='built', materialized='table') }}

select
    1 as delivery,
    1 as order_id,
    'a' as "group",
    cast('2022-12-31 23:59:59+00' as timestamp with time zone) as "delivered at"
union all
select 2, 1, 'a', cast('2023-01-01 00:00:00+00' as timestamp with time zone)
union all
select 3, 2, 'a', cast('2023-01-01 00:00:00+00' as timestamp with time zone)
union all
select 4, 1, 'b', cast('2022-01-01 00:00:00+00' as timestamp with time zone)
