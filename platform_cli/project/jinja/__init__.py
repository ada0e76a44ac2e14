"""dbt's Jinja: what dbt records when it parses a file, and the SQL it would compile."""
