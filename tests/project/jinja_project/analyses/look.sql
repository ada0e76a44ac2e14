select * from {{ ref('a') }} join {{ source('raw', 'orders') }} using (id)

