"""From files to resources, in the order in which dbt does it; and the cache of the result."""
