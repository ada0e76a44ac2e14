"""The dbt project as data, read from its files without dbt."""
