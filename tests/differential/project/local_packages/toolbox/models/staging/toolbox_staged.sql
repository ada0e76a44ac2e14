select n.id, n.amount, s.label from {{ ref('toolbox', 'toolbox_numbers') }} n
left join {{ ref('toolbox_labels') }} s on s.id = n.id
left join {{ source('toolbox_raw', 'feed') }} f on f.id = n.id
