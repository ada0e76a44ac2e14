select cast(id as bigint) as id, cast(status as varchar) as status, cast(amount as double) as amount from {{ ref('plain') }}
