{% set tables = ['events', 'orders_extra'] %}
{% for t in tables %}
select id from {{ source('raw_misc', t) }} where id is null
{% if not loop.last %}union all{% endif %}
{% endfor %}
