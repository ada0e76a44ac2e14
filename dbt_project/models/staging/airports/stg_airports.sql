-- Ephemeral, so that the snapshot reads the release its own run names, never that of an older view.
{{ config(materialized='ephemeral') }}

with

source as (

    select * from {{ source('airports', 'airports') }}

),

-- The first release has no lid. A row set without rows, matched by name, supplies it as NULL.
expected_columns as (

    select cast(null as varchar) as lid
    where false

),

completed as (

    select * from source
    union all by name
    select * from expected_columns

),

final as (

    select
        icao,
        iata,
        name as airport_name,
        city,
        subd as subdivision,
        country as country_code,
        -- Whole numbers in the first release only; one type keeps the history free of false changes.
        cast(elevation as double) as elevation_ft,
        lat as latitude,
        lon as longitude,
        tz as time_zone,
        lid as faa_lid
    from completed

)

select * from final
