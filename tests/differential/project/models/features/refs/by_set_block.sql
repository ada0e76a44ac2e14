{% set body %}
select id, amount from {{ ref('plain') }}
{% endset %}
{% set unused = ref('alternative') %}
{{ body }}
