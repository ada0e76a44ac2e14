select *
from {{ platform_macros.as_of_join(
    ref('visits'), ref('history_with_deletes'), on={'person': 'id'}, at='visited_at', columns=['name'], unique_key='id'
) }} as joined
