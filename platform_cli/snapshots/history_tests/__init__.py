"""Tests of snapshots: written in YAML, made into plays for dbt, and judged."""
