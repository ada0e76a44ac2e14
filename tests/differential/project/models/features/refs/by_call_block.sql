{% call limited() %}select * from {{ ref('also_plain') }}{% endcall %}
