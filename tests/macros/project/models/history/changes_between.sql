select *
from {{ platform_macros.changes_between(
    ref('history'), '2022-06-01', '2023-06-01', columns=['name', 'region'], unique_key='id', identical=true
) }} as changes
