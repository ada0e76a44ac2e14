select a.id from {{ ref('plain') }} a join {{ ref('plain') }} b using (id)
join {{ ref('also_plain') }} c using (id) -- {{ ref('alternative') }}
