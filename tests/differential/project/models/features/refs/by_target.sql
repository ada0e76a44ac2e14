{%- set upstream = 'alternative' if target.name == 'prod' else 'also_plain' -%}
select * from {{ ref(upstream) }}
{% if target.type in ['bigquery', 'snowflake'] %}join {{ ref('plain') }} using (id){% endif %}
