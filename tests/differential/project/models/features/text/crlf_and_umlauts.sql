select id,
       amount -- größe
from {{ ref("plain") }}
