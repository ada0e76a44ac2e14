-- {{ ref('a') }}
{% for v in values_of("select 'a'") %}{{ ref(v) }}{% endfor %}select 1