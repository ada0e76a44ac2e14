{{ config(materialized='ephemeral', alias='eph_second') }}
with x as (select 1) select * from x, {{ ref('eph') }}