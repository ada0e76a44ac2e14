select *
from {{ platform_macros.as_of_join(
    ref('visits'), ref('history'), on={'person': 'id'}, at='visited_at', columns=['name'], unique_key='id', method='range'
) }} as joined
