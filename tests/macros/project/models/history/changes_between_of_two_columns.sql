select *
from {{ platform_macros.changes_between(
    ref('history'), "timestamp '2022-06-01'", "timestamp '2023-06-01'", columns='name', unique_key=['id', 'region']
) }} as changes
