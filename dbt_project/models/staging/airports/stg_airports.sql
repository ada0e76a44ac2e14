-- Ephemeral, so that the snapshot reads the release its own run names, never that of an older view.
{{ config(materialized='ephemeral') }}

with

source as (

    select * from {{ source('airports', 'airports') }}

),

-- Whatever columns a release has: the second one brought lid, and feet with fractions. The snapshot takes both in.
final as (

    select * rename (
        name as airport_name,
        subd as subdivision,
        country as country_code,
        elevation as elevation_ft,
        lat as latitude,
        lon as longitude,
        tz as time_zone
    )
    from source

)

select * from final
