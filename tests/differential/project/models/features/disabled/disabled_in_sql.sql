{{ config(enabled=false) }} select * from {{ ref('plain') }}
