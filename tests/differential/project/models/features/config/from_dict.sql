{% set settings = {'materialized': 'table', 'tags': ['dict']} %}
{{ config(settings) }}
{% do config(meta={'made': 'by do'}) %}
select '{{ config.get("materialized", "none") }}' as how, * from {{ ref('plain') }}
