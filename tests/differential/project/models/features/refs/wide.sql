select {{ toolbox.star_of(ref('plain'), except=['status']) }} from {{ ref('plain') }}
