"""In which folder a new model belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
    owner (marts); without such models, a folder named after the source or the owner.
    """
    sources = [
        one.resource for one in parents if isinstance(one.resource, Source) and not kind.public
    ]
    wanted = {one.unique_id for one in sources}
    like = Counter(
        str(PurePosixPath(one.path).parent)
        for one in resources
        if isinstance(one, Model)
        and one.package_name == package
        and layers.of(one) == kind.layer
        and (bool(wanted & set(one.depends_on)) if wanted else one.group == owner)
    )
    if like:
        return max(like, key=lambda folder: (like[folder], folder))
    layer = layers.by_name.get(kind.layer)
    top = f"{layers.roots[0]}/{(layer.folders[0] if layer else kind.layer).strip('/')}"
    below = sources[0].source_name if sources else owner
    return f"{top}/{below}" if sources or kind.public else top


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
