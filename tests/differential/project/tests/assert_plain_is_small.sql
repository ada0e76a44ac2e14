{{ config(severity='warn', tags=['singular'], where="1 = 1", enabled=var('with_extras', true)) }}
-- depends_on: {{ ref('also_plain') }}
select * from {{ ref('plain') }} where id > {{ var('row_limit') }} * 1000
