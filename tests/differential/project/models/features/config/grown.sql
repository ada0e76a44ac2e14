-- depends_on: {{ ref("also_plain") }}
{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert', on_schema_change='fail') }}
select id, amount, updated_at from {{ ref('plain') }}
{% if is_incremental() %}
where updated_at > (select max(updated_at) from {{ this }})
  and id not in (select id from {{ ref('also_plain') }} where false)
{% endif %}
