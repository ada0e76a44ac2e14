select
    moments.moment,
    versions.name
from {{ ref('moments') }} as moments
cross join lateral {{ platform_macros.as_of(ref('history'), 'moments.moment') }} as versions
