"""Packages that lie in the repository: dbt can install them without the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def only_local(project: Path) -> bool:
    """Whether all packages the project asks for are `local:` folders."""
    import yaml

    packages: list[object] = []
    for name in ("packages.yml", "dependencies.yml"):
        try:
            found = yaml.safe_load((project / name).read_text(encoding="utf-8")) or {}
            packages += found.get("packages") or []
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError):
            return False
    return bool(packages) and all(isinstance(p, dict) and "local" in p for p in packages)
