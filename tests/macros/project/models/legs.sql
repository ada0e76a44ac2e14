select
    cast(null as varchar) as leg,
    cast(null as double) as latitude_1,
    cast(null as double) as longitude_1,
    cast(null as double) as latitude_2,
    cast(null as double) as longitude_2
where false
