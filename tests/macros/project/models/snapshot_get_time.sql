select {{ dbt.snapshot_get_time() }} as snapshot_time
