select id, amount, status from {{ ref('plain') }}
