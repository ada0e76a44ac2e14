select
    cast(null as varchar) as name,
    cast(null as timestamp) as greeted_at
where false
