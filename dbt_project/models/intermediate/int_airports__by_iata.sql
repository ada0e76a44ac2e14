with

airports as (

    select * from {{ platform_macros.current_rows(ref('snp_airports')) }}

),

ranked as (

    select
        iata,
        icao,
        row_number() over (
            partition by iata
            order by icao
        ) as priority
    from airports
    where iata != ''

),

final as (

    select
        iata,
        icao
    from ranked
    where priority = 1

)

select * from final
