"""How a folder, or a dbt project that is there, gets the platform."""
