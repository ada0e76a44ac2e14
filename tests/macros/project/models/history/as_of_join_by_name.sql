-- Not by the history's key: several persons may have a name at a time.
select *
from {{ platform_macros.as_of_join(
    ref('greetings'), ref('history'), on='name', at="facts.greeted_at + interval '1 day'", columns=['id', 'region'],
    prefix='person_'
) }} as joined
