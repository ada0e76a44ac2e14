select id, amount, status, 3 as extra from {{ ref('plain') }}
