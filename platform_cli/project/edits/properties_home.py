"""In which properties file the entry of a resource stands, or would stand."""

from __future__ import annotations

from collections import Counter
from posixpath import dirname, splitext

from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource


def properties_home(project: Project, resource: AnyResource) -> str:
    """The file that describes the resource; without one, where its folder has such entries.

    That is the file that describes several neighbours; else a file beside the resource's own.
    """
    if resource.properties_path:
        return resource.properties_path
    if resource.path.endswith((".yml", ".yaml")):
        return resource.path
    folder = dirname(resource.path)
    near = Counter(
        one.properties_path
        for one in project.resources.values()
        if type(one) is type(resource)
        and one.package_name == resource.package_name
        and one.properties_path
        and dirname(one.path) == folder
    )
    for path, count in near.most_common(1):
        if count > 1 and path:
            return path
    endings = Counter(splitext(path)[1] for path in near if path)
    return splitext(resource.path)[0] + (endings.most_common(1)[0][0] if endings else ".yml")
