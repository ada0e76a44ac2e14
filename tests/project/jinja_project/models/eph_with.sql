with mine as (select 1)
select * from mine, {{ ref('eph2') }}, {{ ref('eph') }}