select id from {{ ref('promised') }}
