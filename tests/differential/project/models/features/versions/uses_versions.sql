select a.id from {{ ref('dim_product') }} a
join {{ ref('dim_product', v=1) }} b using (id)
join {{ ref('gen', 'dim_product', version=3) }} c using (id)
