"""What semantic models, metrics and saved queries read: our reader leaves these out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from platform_cli.project.files.tree import list_below
from platform_cli.project.project import Project

_YAML = (".yml", ".yaml")
_SECTION = re.compile(r"^(?:semantic_models|metrics|saved_queries)\s*:", re.MULTILINE)
_REF = re.compile(r"\bref\(\s*(?:['\"]\w+['\"]\s*,\s*)?['\"]([^'\"]+)['\"]")


@lru_cache(maxsize=1)
def semantic_reads(project: Project) -> Mapping[str, tuple[str, int]]:
    """By the name of what they may read: the file, and the line."""
    found: dict[str, tuple[str, int]] = {}
    for path in _properties(project):
        try:
            text = (project.root / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):  # the reader has said so
            continue
        section = _SECTION.search(text)
        for ref in _REF.finditer(text) if section else ():
            found.setdefault(ref[1], (path, text.count("\n", 0, ref.start()) + 1))
    return MappingProxyType(found)


def _properties(project: Project) -> Iterator[str]:
    """The properties files, as far as they are known."""
    if project.evidence is not None:
        files = project.evidence.files.items()
        yield from (path for path, seal in files if seal and path.endswith(_YAML))
        return
    for folder in project.model_paths:
        for name in list_below(str(project.root / folder)):
            if name.endswith(_YAML):
                yield f"{folder}/{name}"
