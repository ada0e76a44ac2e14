"""Which resources a person means, in the grammar of dbt's selections."""
