"""profiles.yml: the target that relations are named after."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.files.tree import decode, read_bytes
from platform_cli.project.files.yaml_files import load_yaml
from platform_cli.project.files.yaml_values import KeyPath, render_tree
from platform_cli.project.locate import PROJECT_FILE

PROFILES_FILE = "profiles.yml"


@dataclass(frozen=True, slots=True)
class Target:
    """One output of a profile. `values` is what `target` is in Jinja (no secrets are kept)."""

    profile: str
    name: str
    type: str
    schema: str
    database: str | None
    path: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def find_profiles(root: Path, profiles_dir: Path | None) -> Path:
    """The profiles.yml dbt would use when it is started in the project's root.

    Order: the given folder, DBT_PROFILES_DIR, the project's root, ~/.dbt.
    """
    if profiles_dir is not None:
        return profiles_dir / PROFILES_FILE
    if from_environment := os.environ.get("DBT_PROFILES_DIR"):
        return Path(from_environment) / PROFILES_FILE
    if (root / PROFILES_FILE).exists():
        return root / PROFILES_FILE
    return Path.home() / ".dbt" / PROFILES_FILE


def read_target(
    path: Path,
    profile: str | None,
    target: str | None,
    render: Callable[[str, KeyPath], Any],
) -> Target:
    """The chosen output of the chosen profile.

    Raises:
        PlatformError: no profiles.yml, no such profile or target, or one dbt refuses.
    """
    # Beside dbt_project.yml its name says which file it is.
    shown = path.name if (path.parent / PROJECT_FILE).is_file() else str(path)
    where = Where(shown)
    if profile is None:
        raise PlatformError(
            "dbt_project.yml names no profile", hint="add a line `profile: NAME` to it"
        )
    if not path.is_file():
        raise PlatformError(
            f"No {PROFILES_FILE} at {shown}, so the target of profile {profile!r} is unknown",
            hint="put one beside dbt_project.yml, or name its folder in DBT_PROFILES_DIR",
            where=Where(PROJECT_FILE),  # what asks for it: the file itself is not there
        )
    profiles = load_yaml(decode(read_bytes(str(path), shown), shown), shown)
    if not isinstance(profiles, dict) or not profiles:
        raise PlatformError(f"{shown} is empty", where=where)
    chosen = profiles.get(profile)
    if not isinstance(chosen, dict) or not chosen:
        raise PlatformError(
            f"{shown} has no profile {profile!r}",
            hint=did_you_mean(profile, map(str, profiles)) or f"it has: {_names(profiles)}",
            where=where,
        )
    name = target
    if name is None:
        given = chosen.get("target", "default")
        name = str(render_tree(given, render, lambda _: True))
    outputs = chosen.get("outputs")
    output = outputs.get(name) if isinstance(outputs, dict) else None
    if not isinstance(output, dict):
        known = outputs if isinstance(outputs, dict) else {}
        raise PlatformError(
            f"Profile {profile!r} in {shown} has no target {name!r}",
            hint=did_you_mean(name, map(str, known)) or f"it has: {_names(known)}",
            where=where,
        )
    data = dict(render_tree(output, render, lambda _: True))
    return _target(data, profile, name, where)


def target_type(path: Path, profile: Any, target: str | None) -> str | None:
    """The type of the target, of a file in which other things cannot be told.

    Where the target is not plain text, all of the profile's outputs have to be of one type.
    """
    try:
        profiles: Any = load_yaml(decode(read_bytes(str(path), path.name), path.name), path.name)
        chosen = profiles[profile]
        outputs = chosen["outputs"]
        name = target or chosen.get("target", "default")
        wanted = [outputs[name]] if name in outputs else outputs.values()
        types = {one["type"] for one in wanted}
    except (PlatformError, KeyError, TypeError, AttributeError):
        return None
    found = types.pop() if len(types) == 1 else None
    return found if isinstance(found, str) and "{" not in found else None


def _target(data: dict[str, Any], profile: str, name: str, where: Where) -> Target:
    kind = data.pop("type", None)
    if not isinstance(kind, str):
        raise PlatformError(f"Target {name!r} of profile {profile!r} has no `type`", where=where)
    threads = data.pop("threads", 1)
    path = data.get("path", ":memory:")
    database = data.get("database")
    if kind == "duckdb":
        database = _duckdb_database(data, path, where)
        data = {
            "database": database,
            "schema": data.get("schema", "main"),
            "path": path,
            **{key: data.get(key, default) for key, default in _DUCKDB_SHOWN.items()},
        }
    else:
        data = {key: value for key, value in data.items() if not _SECRET.search(str(key))}
    values = {
        **data,
        "type": kind,
        "threads": threads,
        "name": name,
        "target_name": name,
        "profile_name": profile,
    }
    schema = values.get("schema")
    return Target(
        profile=profile,
        name=name,
        type=kind,
        schema=schema if isinstance(schema, str) else str(schema),
        database=database,
        path=path if isinstance(path, str) else None,
        values=values,
    )


# no adapter of dbt's shows these to Jinja, and the cache is a file
_SECRET = re.compile(
    r"^pass$|password|passwd|passphrase|token|secret|credential|private_key|_json$"
)

# what dbt-duckdb lets Jinja see of a target, with its defaults
_DUCKDB_SHOWN: dict[str, Any] = {
    "config_options": None,
    "extensions": None,
    "settings": {},
    "external_root": ".",
    "use_credential_provider": None,
    "attach": None,
    "filesystems": None,
    "remote": None,
    "plugins": None,
    "disable_transactions": False,
}


def _duckdb_database(data: dict[str, Any], path: Any, where: Where) -> str:
    """DuckDB names a database after the first part of its file's name; dbt insists on that."""
    derived = duckdb_database_name(path)
    given = data.get("database")
    if given is None or given == derived:
        return derived
    attached = data.get("attach") or []
    aliases = [item.get("alias") for item in attached if isinstance(item, dict)]
    if given in aliases or data.get("remote"):
        return str(given)
    raise PlatformError(
        f"`database` is {given!r} but the file {path} makes it {derived!r}",
        hint="leave `database` out, or rename the file",
        where=where,
    )


def duckdb_database_name(path: Any) -> str:
    """The database's name for a DuckDB path (dbt-duckdb's rule)."""
    if path is None or path == ":memory:":
        return "memory"
    parsed = urlparse(str(path))
    base = os.path.basename(parsed.path)
    if parsed.scheme in {"md", "motherduck"}:
        return os.path.splitext(base)[0] or "my_db"
    if parsed.scheme.lower() == "ducklake":
        return urlparse(os.path.splitext(base)[0]).path
    return base.lstrip(".").split(".")[0]


def _names(mapping: Mapping[Any, Any]) -> str:
    return ", ".join(map(str, mapping)) or "none"
