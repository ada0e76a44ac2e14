with

airports as (

    select * from {{ platform_macros.current_rows(ref('snp_airports')) }}

),

final as (

    select
        icao,
        iata,
        airport_name,
        city,
        subdivision,
        country_code,
        elevation_ft,
        latitude,
        longitude,
        time_zone,
        dbt_valid_from as record_valid_from
    from airports

)

select * from final
