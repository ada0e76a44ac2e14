"""The SQL of a node as data: rendered without dbt, read as a syntax tree, with its places."""
