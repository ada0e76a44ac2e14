"""Who takes the project's snapshots: platform_macros, or dbt itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platform_cli.project.project import Project

PACKAGE = "platform_macros"
OVERRIDE = """\
{#- Snapshots are taken by platform_macros; dbt wants that said in the project itself. -#}
{% materialization snapshot, default %}
    {{ return(platform_macros.materialization_snapshot_default()) }}
{% endmaterialization %}
"""


def hands_over(project: Project) -> bool:
    """Whether platform_macros takes them: dbt lets only the root project replace a
    materialization.
    """
    own = project.scope(project.name).macros.packages[project.name]
    return any(
        name.startswith("materialization_snapshot_")
        and "platform_macros.materialization_snapshot_default" in macro.sql
        for name, macro in own.items()
    )


def has_package(project: Project) -> bool:
    """Whether the package is installed in the project."""
    return PACKAGE in project.scope(project.name).macros.packages
