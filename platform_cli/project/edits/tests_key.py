"""Under which word a project writes its data tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from platform_cli.project.entry_place import Item
from platform_cli.project.project import Project


def tests_key(project: Project, path: str, way: Sequence[str | Item]) -> str:
    """`data_tests`, or `tests` where the entry at the end of `way`, or its file, says that."""
    import yaml

    try:
        text = (project.root / path).read_text(encoding="utf-8")
        value = yaml.load(text, yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError):
        return "data_tests"
    entry = _at(value, way)
    for word in ("data_tests", "tests"):
        if isinstance(entry, dict) and word in entry:
            return word
    return "tests" if " tests:" in text and "data_tests:" not in text else "data_tests"


def _at(value: Any, way: Sequence[str | Item]) -> Any:
    for key in way:
        if isinstance(key, Item):
            items = value if isinstance(value, list) else []
            named = (one for one in items if isinstance(one, dict) and one.get("name") == key.name)
            value = next(named, None)
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value
