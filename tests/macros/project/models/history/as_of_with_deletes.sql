select * from {{ platform_macros.as_of(ref('history_with_deletes'), '2023-06-01') }} as persons
