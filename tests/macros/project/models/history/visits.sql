-- Facts: who came when. Every unit test brings its own rows.
select
    cast(null as integer) as visit,
    cast(null as integer) as person,
    cast(null as timestamp) as visited_at
where false
