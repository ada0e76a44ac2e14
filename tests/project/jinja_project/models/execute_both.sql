-- {{ ref('a') }}
{% if execute %}{% set x = ref('a') %}{% else %}{% set x = 'parse' %}{% endif %}select '{{ x }}'