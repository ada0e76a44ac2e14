-- The input of the wrapper models; every unit test brings its own rows.
select
    cast(null as integer) as id,
    cast(null as varchar) as region,
    cast(null as varchar) as name,
    cast(null as timestamp) as dbt_valid_from,
    cast(null as timestamp) as dbt_valid_to
where false
