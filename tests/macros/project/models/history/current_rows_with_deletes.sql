select * from {{ platform_macros.current_rows(ref('history_with_deletes')) }} as persons
