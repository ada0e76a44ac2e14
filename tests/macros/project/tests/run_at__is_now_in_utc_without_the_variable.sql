-- The test runs in another time zone: a local time would be hours away.
select run_at
from {{ ref('run_at') }}
where run_at not between (now() at time zone 'UTC') - interval 10 minutes and (now() at time zone 'UTC')
