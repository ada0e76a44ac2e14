select id, amount, status, 'v1' as label from {{ ref('plain') }}
