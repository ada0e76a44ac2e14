"""The reader's answer about a project, as facts."""

from tests.differential.dbt_manifest import Asked
from tests.differential.facts import Facts
from tests.differential.reader_facts import reader_facts


def read_project(asked: Asked, root_package: str) -> Facts:
    """Load the project without dbt. Whatever the reader raises is the reader's error."""
    import yaml

    from platform_cli.project.project import Project

    variables = yaml.safe_load(asked.variables) if asked.variables else None
    project = Project.load(
        asked.root, target=asked.target, profiles_dir=asked.profiles_dir, vars=variables
    )
    resources = [*project.resources.values(), *project.disabled.values()]
    return reader_facts(resources, root_package)
