select 'on' as which, id from {{ ref('plain') }}
