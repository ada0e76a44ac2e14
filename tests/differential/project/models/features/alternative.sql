select * from {{ ref('plain') }} where 1 = 1
