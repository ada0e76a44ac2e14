-- depends_on: {{ ref("plain") }}
select id
{% for kind in kinds_at_run_time() %}
    , case when status = '{{ kind }}' then amount end as amount_{{ kind }}
{% endfor %}
from {{ ref('also_plain') }}
