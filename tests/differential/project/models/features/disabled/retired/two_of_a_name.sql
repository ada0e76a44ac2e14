select 'off' as which from {{ ref('plain') }}
