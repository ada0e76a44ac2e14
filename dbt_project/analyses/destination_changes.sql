-- What the register changed about our destinations in four releases, value by value: look at it with
-- `platform preview destination_changes`. Coordinates are left out: most of them only became more precise.
with

flights as (

    select * from {{ ref('fct_flights') }}

),

destinations as (

    select distinct destination_icao as icao
    from flights

),

changes as (

    select *
    from {{ platform_macros.changes_between(
        ref('snp_airports'),
        '2024-03-16',
        '2026-09-05',
        columns=['iata', 'airport_name', 'city', 'subdivision', 'time_zone'],
        by='cell'
    ) }} as changed_cells

)

select
    changes.icao,
    changes.change,
    changes.column_name,
    changes.old_value,
    changes.new_value
from changes
inner join destinations using (icao)
order by
    changes.icao,
    changes.column_name
