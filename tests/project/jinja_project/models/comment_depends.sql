-- depends_on: {{ ref('a') }}
select 1