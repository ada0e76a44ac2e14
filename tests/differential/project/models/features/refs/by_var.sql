select * from {% if var('use_alternative') %}{{ ref('alternative') }}{% else %}{{ ref('also_plain') }}{% endif %}
