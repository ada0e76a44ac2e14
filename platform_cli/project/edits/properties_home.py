"""In which properties file the entry of a resource stands, or would stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
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
    described = _described(project, type(resource))
    near = described.get((resource.package_name, dirname(resource.path)), Counter())
    for path, count in near.most_common(1):
        if count > 1:
            return path
    endings = Counter(splitext(path)[1] for path in near)
    return splitext(resource.path)[0] + (endings.most_common(1)[0][0] if endings else ".yml")


@lru_cache(maxsize=4)
def _described(project: Project, kind: type[AnyResource]) -> Mapping[tuple[str, str], Counter[str]]:
    """How many resources of each folder of a package a properties file describes."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in project.resources.values():
        if type(one) is kind and one.properties_path:
            found[one.package_name, dirname(one.path)][one.properties_path] += 1
    return found
