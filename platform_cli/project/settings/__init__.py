"""What holds for the whole project: dbt_project.yml, packages, profile, variables."""
