-- Not a relation but the name of a CTE, whose columns nobody can look up.
with northern as (
    select * from {{ ref('history') }}
    where region = 'north'
)

select * from {{ platform_macros.as_of('northern', '2023-01-01T09:00:00+09:00') }} as persons
