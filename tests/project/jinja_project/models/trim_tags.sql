select 1,
    {%- for c in ['x', 'y'] %}
    {{ c }}{{ "," if not loop.last }}
    {%- endfor %}
from {{ ref('a') }}