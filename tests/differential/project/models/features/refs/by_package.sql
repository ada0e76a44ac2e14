select p.id, t.amount, {{ toolbox.scaled('t.amount', 10) }} as scaled
from {{ ref('gen', 'plain') }} p
left join {{ ref("toolbox", "plain") }} t on t.id = p.id
left join {{ ref ( 'toolbox_staged' ) }} s on s.id = p.id
