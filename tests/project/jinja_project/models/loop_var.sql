{% for n in var('names') %}
select * from {{ ref(n) }}
{% endfor %}