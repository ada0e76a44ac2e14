select *
from {{ platform_macros.as_of_join(
    ref('greetings'), ref('history'), on='name', at='greeted_at', columns=['id'], prefer='id desc'
) }} as joined
