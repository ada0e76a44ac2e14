"""How several `config()` calls of one file add up."""

from __future__ import annotations

from typing import Any

from platform_cli.project.jinja.dialect import BrokenJinja

_APPENDED = {"pre-hook", "pre_hook", "post-hook", "post_hook", "tags", "packages"}
_UPDATED = {"quoting", "column_types", "meta", "docs", "contract"}
_OVERWRITTEN = {"snapshot_meta_column_names"}


def merge_config_call(config: dict[str, Any], call: dict[str, Any]) -> None:
    """Adds one call to the config so far: hooks and tags add up, mappings merge, the rest wins.

    The first call is taken as it is (dbt 1.11, `merge_config_dicts`): `tags='x'` stays text
    until a second call makes it a list.
    """
    if not config:
        config.update(call)
        return
    for key, value in call.items():
        if key in _APPENDED:
            config[key] = (_listed(config[key]) if key in config else []) + _listed(value)
        elif key in _UPDATED or key in _OVERWRITTEN:
            _mapping(key, value)
            old = config.get(key)
            config[key] = {**old, **value} if isinstance(old, dict) else dict(value)
        elif key == "grants":
            _mapping(key, value)
            config[key] = _grants(config.get(key), value)
        else:
            config[key] = value


def _grants(old: dict[str, Any] | None, new: dict[str, Any]) -> dict[str, list[Any]]:
    merged = {privilege: _listed(who) for privilege, who in (old or {}).items()}
    for privilege, who in new.items():
        if old is not None and privilege.startswith("+") and privilege in merged:
            merged[privilege] = merged[privilege] + _listed(who)
        else:
            merged[privilege] = _listed(who)
    return merged


def _listed(value: Any) -> list[Any]:
    return value[:] if isinstance(value, list) else [value]


def _mapping(key: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise BrokenJinja(f"config '{key}' must be a mapping, not {value!r}", certain=True)
