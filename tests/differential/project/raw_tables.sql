-- The sources' tables, so that `dbt build` works: run once in the DuckDB file of the profile.
create schema if not exists raw_misc;
create or replace table raw_misc.orders_extra as
select i as id, i as customer_id, ['open', 'closed', 'void'][1 + i % 3] as status, i * 1.5 as amount,
       timestamp '2024-01-01' + to_days(cast(i as integer)) as created_at,
       timestamp '2024-01-02' + to_days(cast(i as integer)) as updated_at
from range(1, 21) t(i);
create or replace table raw_misc.events_table as
select i as id, i as customer_id, i * 2.0 as amount, timestamp '2024-01-01' as created_at, timestamp '2024-01-01' as updated_at
from range(1, 21) t(i);
