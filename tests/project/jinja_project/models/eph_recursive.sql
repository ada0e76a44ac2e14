with recursive r as (select 1)
select * from r, {{ ref('eph2') }}