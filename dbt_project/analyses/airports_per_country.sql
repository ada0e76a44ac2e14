-- How many airports each country had in March 2024, and how many it has today: look at it with
-- `platform preview airports_per_country`.
with

airports_then as (

    select * from {{ platform_macros.as_of(ref('snp_airports'), '2024-03-16') }} as airports

),

airports_now as (

    select * from {{ platform_macros.current_rows(ref('snp_airports')) }} as airports

),

counted_then as (

    select
        country_code,
        count(*) as airports_then
    from airports_then
    group by country_code

),

counted_now as (

    select
        country_code,
        count(*) as airports_now
    from airports_now
    group by country_code

)

select
    country_code,
    coalesce(counted_then.airports_then, 0) as airports_then,
    coalesce(counted_now.airports_now, 0) as airports_now
from counted_then
full outer join counted_now using (country_code)
order by
    airports_now - airports_then desc,
    country_code
