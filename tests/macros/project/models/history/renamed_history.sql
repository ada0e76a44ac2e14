-- Two keys, three versions, one overlap; the period's columns have other names.
{{ config(materialized='table') }}

select
    key_of_it,
    begins_at,
    ends_at
from (
    values
    (1, timestamp '2022-01-01', timestamp '2024-01-01'),
    (1, timestamp '2023-01-01', null),
    (2, timestamp '2022-01-01', null)
) as versions (key_of_it, begins_at, ends_at)
