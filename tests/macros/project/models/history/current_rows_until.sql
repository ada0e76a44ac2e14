select * from {{ platform_macros.current_rows(ref('history'), valid_to_current="timestamp '9999-12-31'") }} as persons
