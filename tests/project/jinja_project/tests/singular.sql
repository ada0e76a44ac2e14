{{ config(severity='warn', tags=['t']) }}
select * from {{ ref('a') }} where 1 = 0 and {{ cents('x') }} > 0
