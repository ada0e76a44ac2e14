select *
from {{ platform_macros.as_of_join(
    ref('visits'), ref('history'), on={'person': 'id'}, at='visited_at', columns={'name': 'name then'}, how='inner',
    unique_key='id'
) }} as joined
