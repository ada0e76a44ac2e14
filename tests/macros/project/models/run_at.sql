{{ config(materialized='table') }}

select {{ platform_macros.run_at() }} as run_at
