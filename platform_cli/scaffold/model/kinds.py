"""The kinds of models that can be made: the folders of `templates/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of model, as its `kind.toml` says it."""

    name: str
    layer: str
    prefix: str
    public: bool
    """Whether other teams may read it; if so it gets a contract."""
    shape: str = "rows"
    """What becomes of the parents' rows: all of them (`rows`), `groups`, `pairs` of keys, or the
    `versions` of a history."""
    said_by_prefix: bool = True
    """Whether a name with its prefix is of this kind; two kinds may have the same prefix."""

    @property
    def folder(self) -> Path:
        """Where its templates are."""
        return TEMPLATES / self.name


def kind_names() -> tuple[str, ...]:
    """The names of the kinds, without reading them."""
    return tuple(sorted(file.parent.name for file in TEMPLATES.glob("*/kind.toml")))


def load_kinds() -> tuple[Kind, ...]:
    """All kinds, by name. A `kind.toml` has the fields of `Kind` but for the name."""
    return tuple(_load(name) for name in kind_names())


def _load(name: str) -> Kind:
    said = tomllib.loads((TEMPLATES / name / "kind.toml").read_text(encoding="utf-8"))
    return Kind(name=name, **said)
