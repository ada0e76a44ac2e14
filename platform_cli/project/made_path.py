"""Where a project keeps its own templates, and what is remembered of generated models."""

TEMPLATES = "templates"
"""The folder of the project's own templates, beside dbt_project.yml."""
MADE = f"{TEMPLATES}/made"
"""The folder of what is remembered."""


def made_path(model: str) -> str:
    """Where a generated model of that name is remembered, from the project's root."""
    return f"{MADE}/{model}.yml"
