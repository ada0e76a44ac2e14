"""Which layer a model is in: staging, intermediate, marts, or what the project's settings say."""

from __future__ import annotations

from msgspec import Struct

from platform_cli.config import Layer
from platform_cli.project.resources import AnyResource, Model, Source

_GOVERNED = (Model, Source)


class Layers(Struct, frozen=True):
    """The layers of the project by name, lowest first; `roots` are the project's model paths."""

    by_name: dict[str, Layer]
    roots: tuple[str, ...] = ("models",)
    _by_folder: dict[str, str | None] = {}
    """What was found for a folder: thousands of references lead to few of them."""

    def of(self, resource: AnyResource) -> str | None:
        """The name of the layer of a model; for anything else the kind of resource.

        None for a model outside all folders of layers: then no rule about layers applies.
        """
        if not isinstance(resource, Model):
            return type(resource).__name__.lower()
        return self.at(resource.path)

    def at(self, path: str) -> str | None:
        """The layer whose folder holds the file; the deepest folder wins."""
        folder = path.rpartition("/")[0]
        if folder not in self._by_folder:
            self._by_folder[folder] = self._at(f"{folder}/")
        return self._by_folder[folder]

    def may_read(self, layer: str | None, parent: AnyResource) -> bool:
        """Whether a model of the layer may read this. Outside of layers everything may be read.

        Seeds and snapshots may always be read, and so may everything in a layer without parents.
        """
        allowed = self.by_name[layer].parents if layer in self.by_name else ()
        if not allowed or not isinstance(parent, _GOVERNED):
            return True
        its = self.of(parent)
        return its is None or its in allowed

    def _at(self, place: str) -> str | None:
        found = [
            (len(folder), name)
            for name, layer in self.by_name.items()
            for folder in layer.folders
            for root in self.roots
            if place.startswith(f"{root}/{folder.strip('/')}/")
        ]
        return max(found)[1] if found else None
