"""In which folder a new model belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import takewhile
from pathlib import PurePosixPath
from posixpath import normpath

from platform_cli.errors import PlatformError
from platform_cli.project.layers import Layers
from platform_cli.project.resources import AnyResource, Model, Source
from platform_cli.scaffold.model.kinds import Kind
from platform_cli.scaffold.model.parents import Parent


def model_folder(
    kind: Kind,
    owner: str,
    *,
    parents: Iterable[Parent],
    resources: Iterable[AnyResource],
    layers: Layers,
    package: str,
) -> str:
    """Where the project keeps models like this one, from the project's root.

    That is where most models of its layer are that read the same sources (staging) or have the same
    owner (marts). Without such models it is the layer's folder that is nearest to the parents, and
    in it one named after the source or the owner, unless the others lie there side by side.
    """
    read = [one.resource for one in parents]
    sources = [one for one in read if isinstance(one, Source) and not kind.public]
    wanted = {one.unique_id for one in sources}
    others = [
        one
        for one in resources
        if isinstance(one, Model) and one.package_name == package and layers.of(one) == kind.layer
    ]
    like = Counter(
        str(PurePosixPath(one.path).parent)
        for one in others
        if (bool(wanted & set(one.depends_on)) if wanted else one.group == owner)
    )
    if like:
        return max(like, key=lambda folder: (like[folder], folder))
    layer = layers.by_name.get(kind.layer)
    folders = (layer.folders if layer else ()) or (kind.layer,)
    tops = [f"{layers.roots[0]}/{one.strip('/')}" for one in folders]
    top = max(tops, key=lambda one: sum(_shared(one, parent.path) for parent in read))
    if sources:
        return f"{top}/{sources[0].source_name}"
    there = [one.path.rpartition("/")[0] for one in others if one.path.startswith(f"{top}/")]
    in_folders = not there or any(one != top for one in there)
    return f"{top}/{owner}" if kind.public and in_folders else top


def _shared(folder: str, path: str) -> int:
    """How many folders both lie in."""
    pairs = zip(PurePosixPath(folder).parts, PurePosixPath(path).parts, strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def check_folder(wish: str, roots: Iterable[str]) -> str:
    """The folder that was asked for, as the project's paths are written.

    Raises PlatformError when dbt would not look for models there.
    """
    folder = normpath(wish.strip())
    known = tuple(roots)
    if not any(folder == root or folder.startswith(f"{root}/") for root in known):
        raise PlatformError(
            f"dbt does not look for models in {wish}",
            hint=f"name a folder below {' or '.join(known)}, from the project's root,"
            f" for example {known[0]}/{PurePosixPath(folder).name}",
        )
    return folder
