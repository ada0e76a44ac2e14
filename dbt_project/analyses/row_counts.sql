-- What has been built: every table of this database and how many rows it holds.
-- dbt compiles an analysis and never builds it; look at it with `platform preview row_counts`.

select
    schema_name as "schema",
    table_name as "table",
    estimated_size as "rows"
from duckdb_tables()
where
    database_name = current_database()
    and not internal
order by
    schema_name,
    table_name
