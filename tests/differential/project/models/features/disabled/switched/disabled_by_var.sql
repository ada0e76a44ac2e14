select * from {{ ref('disabled_in_sql') }}
