{% for name in mart_names() %}
select id, amount from {{ ref(name) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
