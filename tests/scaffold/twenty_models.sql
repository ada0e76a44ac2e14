-- What the twenty models of twenty_models.py are made of. The persons in it are made up.
create schema raw; create schema landing;
create table raw.orders as select
  100000 + i as order_id, 5000000 + i % 40 as customer_id, date '2026-01-01' + (i % 40)::int as "First Order",
  ['open', 'paid', 'lost'][1 + i % 3] as status, 'g' || i % 4 as "group", (i * 1.25)::decimal(10, 2) as amount,
  timestamp '2026-03-01' + to_hours(i) as placed_at, 'person' || i || '@mail.org' as email from range(400) t(i);
create table raw.customers as select
  5000000 + i as "Customer Id", 'Ada ' || chr((65 + i % 26)::int) || 'mann' as "fullName", 'ada' || i || '@mail.org' as email,
  '+44 20 7946 0' || 100 + i as phone, i || ' High Street' as street, date '1970-01-01' + i::int as birth_date,
  ['DE', 'FR'][1 + i % 2] as country from range(40) t(i);
create table raw.lines as select 100000 + i // 3 as order_id, i % 3 as line_no, 70 + i % 20 as product_id,
  1 + i % 5 as qty from range(1200) t(i);
create table raw.products as select 70 + i as product_id, 'Thing ' || i as title,
  {'size': i, 'Colour Name': 'red'} as attributes, ['a', 'b'] as tags, map {'k': i} as more from range(20) t(i);
create table raw.events as select md5(i::varchar)::uuid as event_id, ('{"n": ' || i || '}')::json as payload,
  timestamptz '2026-01-01 00:00:00+00' + to_minutes(i) as happened_at, ['click', 'view'][1 + i % 2] as kind
  from range(300) t(i);
create table raw."Odd Table" as select i as "select", i * 1.5 as "Größe %", 'x' || i as "a b", i as "A B" from range(9) t(i);
create table raw.kinds as select i as id, i::hugeint as huge, interval (i) day as every, time '10:00:00' as at_time,
  'abc'::blob as bytes, ('new')::enum('new', 'old') as state, i::float as real_value, true as is_new, 1.5::double as share,
  [{'a': i}] as items, null::integer as never from range(9) t(i);
create table raw.nothing (id integer, name varchar);
create table landing.refunds as select i as refund_id, 100000 + i as order_id, 'because' as why from range(50) t(i);
