-- As `hard_deletes: new_record` leaves it.
select
    cast(null as integer) as id,
    cast(null as varchar) as name,
    cast(null as timestamp) as dbt_valid_from,
    cast(null as timestamp) as dbt_valid_to,
    cast(null as varchar) as dbt_is_deleted
where false
