{{ config(enabled=false) }}
select 1 from {{ ref('plain') }} where 1 = 0
