with a as {{ hard_wired() }},
b as (select * from {{ by_name('also_plain') }}),
c as (select * from {{ by_name('toolbox_numbers', package='toolbox') }}),
d as ({{ union_of(['alternative', 'also_plain']) }})
select a.* from a where a.id in (select id from b) or a.id in (select id from c) or a.id in (select id from d)
