"""A source from a schema, a database file or files of data."""
