"""What a properties file says at a place, as it is written there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from platform_cli.project.entry_place import Item, Keys
from platform_cli.project.project import Project


def written(project: Project, path: str, way: Sequence[str | Item]) -> Any:
    """The value at the end of the way; None when there is none, or the file cannot be read."""
    import yaml

    try:
        value = yaml.load((project.root / path).read_bytes(), yaml.CSafeLoader)
    except (OSError, yaml.YAMLError, ValueError, RecursionError):
        return None
    for key in way:
        if isinstance(key, Item):
            items = value if isinstance(value, list) else []
            named = (one for one in items if isinstance(one, dict) and one.get("name") == key.name)
            value = next(named, None)
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def meta_way(project: Project, path: str, entry: Keys, key: str) -> Keys:
    """The way to `meta` of an entry: below `config`, unless a meta beside it has the key."""
    if written(project, path, (*entry, "meta", key)) is not None:
        return (*entry, "meta")
    return (*entry, "config", "meta")


def tests_key(project: Project, path: str, entry: Keys) -> str:
    """`data_tests`, or `tests` where the entry says that, or a file that never says the other."""
    for word in ("data_tests", "tests"):
        if written(project, path, (*entry, word)) is not None:
            return word
    try:
        text = (project.root / path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    return "tests" if " tests:" in text and "data_tests:" not in text else "data_tests"
