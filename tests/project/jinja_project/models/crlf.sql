select 1,
  2 from {{ ref('a') }}
