select
    leg,
    round({{ platform_macros.distance_km('latitude_1', 'longitude_1', 'latitude_2', 'longitude_2') }}) as km
from {{ ref('legs') }}
