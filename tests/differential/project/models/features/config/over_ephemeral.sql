select * from {{ ref('merged') }}
