select * from {{ ref('plain') }}
