select * from {{ platform_macros.current_rows(ref('history')) }} as persons
