{{ config(tags=['analysis']) }}
select * from {{ ref('plain') }} order by amount desc limit {{ var('row_limit') }}
