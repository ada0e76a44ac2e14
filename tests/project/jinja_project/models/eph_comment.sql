-- a comment
/* and another */
select * from {{ ref('eph') }} -- {{ ref('eph2') }}