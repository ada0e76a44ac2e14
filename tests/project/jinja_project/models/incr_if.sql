{{ config(materialized='incremental') }}select * from {{ ref('a') }}{% if is_incremental() %} where id > (select max(id) from {{ this }}) -- {{ ref('c') }}
{% endif %}