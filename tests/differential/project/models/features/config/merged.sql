{{ config(tags='one tag', meta={'c': 'sql', 'd': 4}, materialized='ephemeral') }}
select id, amount, status from {{ ref('plain') }}
