select * from {{ platform_macros.as_of(ref('history'), "timestamp '2023-01-01'") }} as persons
