"""What `--vars` says."""

from __future__ import annotations

from typing import Any

from platform_cli.errors import PlatformError


def variables(text: str | None) -> dict[str, Any]:
    """The variables in the YAML of `--vars`; none without it.

    Raises PlatformError when it is not YAML, or no mapping.
    """
    if not text:
        return {}
    import yaml

    try:
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise PlatformError(
            f"--vars is not YAML: {getattr(error, 'problem', error)}",
            hint="for example: --vars '{name: value}'",
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise PlatformError("--vars takes a mapping", hint="for example: --vars '{name: value}'")
    return values
