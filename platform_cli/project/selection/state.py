"""`state:modified` and `state:new`: this project beside the manifest of an earlier run.

What dbt compares is compared with what the files say now: code, config, contract, and the macros
that are used. Of config the values count, where dbt compares how they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import decode

from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.project import Project
from platform_cli.project.resources import (
    AnyResource,
    DataTest,
    Exposure,
    Model,
    Node,
    Seed,
    Source,
    UnitTest,
)
from platform_cli.project.selection.expression import Word

_NOT_COMPARED = {"alias", "schema", "database", "tags", "meta", "group", "docs", "access"}
"""Config keys that are no modification for dbt, or one of another sort."""


class Before(Struct, frozen=True):
    """What the manifest says of one resource, as far as it is compared."""

    name: str = ""
    original_file_path: str = ""
    raw_code: str = ""
    checksum: Any = None
    config: dict[str, Any] = {}
    fqn: tuple[str, ...] = ()
    description: str | None = ""
    columns: dict[str, dict[str, Any]] = {}
    access: str | None = None
    version: str | int | float | None = None
    latest_version: str | int | float | None = None
    deprecation_date: str | None = None
    constraints: list[dict[str, Any]] = []
    schema: str | None = None
    identifier: str | None = None
    freshness: dict[str, Any] | None = None
    loaded_at_field: str | None = None
    type: str | None = None
    owner: dict[str, Any] = {}
    depends_on: dict[str, list[str]] = {}


class _Macro(Struct, frozen=True):
    macro_sql: str = ""


class Manifest(Struct, frozen=True):
    """The manifest of an earlier run."""

    nodes: dict[str, Before] = {}
    sources: dict[str, Before] = {}
    exposures: dict[str, Before] = {}
    unit_tests: dict[str, Before] = {}
    macros: dict[str, _Macro] = {}

    def before(self, unique_id: str) -> Before | None:
        """The resource as it was, None when there was none."""
        for store in (self.nodes, self.sources, self.exposures, self.unit_tests):
            if unique_id in store:
                return store[unique_id]
        return None


def read_manifest(folder: Path) -> Manifest:
    """The manifest.json in a folder.

    Raises PlatformError when there is none, or it cannot be read.
    """
    path = folder / "manifest.json"
    try:
        return decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise PlatformError(
            f"--state: there is no manifest.json in {folder}",
            hint="give the target folder of an earlier run, or --changed to compare with git",
        ) from None
    except (OSError, DecodeError, ValidationError, UnicodeDecodeError) as error:
        raise PlatformError(
            f"--state: the manifest cannot be read: {error}",
            where=Where(str(path)),
            hint="write it anew: dbt parse, in the project as it was",
        ) from None


def compare_with(
    project: Project, folder: Path | None
) -> Callable[[AnyResource, Word], bool | None]:
    """How a resource answers to a criterion of the method `state`.

    Raises PlatformError without a manifest.
    """
    if folder is None:
        raise PlatformError(
            "`state:` compares with a manifest, and none is given",
            hint="add --state DIR, or use --changed to compare with git",
        )
    return _Comparison(project, read_manifest(folder)).answer


class _Comparison:
    def __init__(self, project: Project, manifest: Manifest) -> None:
        self._project = project
        self._manifest = manifest
        self._users: frozenset[str] | None = None
        self._checks: dict[str, Callable[[AnyResource, Before], bool]] = {
            "modified": self._modified,
            "modified.body": self._body,
            "modified.configs": _configs,
            "modified.relation": _relation,
            "modified.contract": _contract,
            "modified.macros": self._macros,
            "modified.persisted_descriptions": _persisted,
        }

    def answer(self, resource: AnyResource, word: Word) -> bool | None:
        value = str(word.value)
        before = self._manifest.before(resource.unique_id)
        if not resource.fqn:
            return False  # a group, which dbt does not select
        if value in {"new", "old"}:
            return (before is None) == (value == "new")
        name = value.replace("unmodified", "modified", 1) if value == "unmodified" else value
        if name not in self._checks:
            known = ("new", "old", "unmodified", *self._checks)
            raise PlatformError(
                f"{word.raw!r}: there is no state {value!r}",
                hint=did_you_mean(value, known) or f"known: {', '.join(known)}",
            )
        changed = self._changed(name, resource, before)
        return changed != (value == "unmodified")

    def _changed(self, name: str, resource: AnyResource, before: Before | None) -> bool:
        if before is None:
            if name == "modified":
                return True
            if name == "modified.macros":
                return resource.unique_id in self._of_macros()
            return isinstance(resource, Node) or name == "modified.configs"
        return self._checks[name](resource, before)

    def _modified(self, resource: AnyResource, before: Before) -> bool:
        if isinstance(resource, Source):
            return _source(resource, before)
        if isinstance(resource, Exposure):
            return _exposure(resource, before)
        if isinstance(resource, UnitTest) or not isinstance(resource, Node):
            return False
        return (
            self._body(resource, before)
            or _configs(resource, before)
            or _persisted(resource, before)
            or resource.fqn != before.fqn
            or _relation(resource, before)
            or _contract(resource, before)
            or (isinstance(resource, Model) and _as_read(resource, before))
            or self._macros(resource, before)
        )

    def _body(self, resource: AnyResource, before: Before) -> bool:
        if isinstance(resource, Seed):
            return _seed(self._project.root / resource.path, before)
        if not isinstance(resource, Node) or isinstance(resource, UnitTest):
            return False
        if isinstance(resource, DataTest) and resource.test_name:
            return False  # its code is its name and its arguments, which are in its id
        if resource.path.endswith((".yml", ".yaml")):
            # A snapshot in YAML: its code is what it reads, in quotes that are dbt's.
            return set(resource.depends_on) != set(before.depends_on.get("nodes", ()))
        return self._project.raw_code(resource.unique_id) != before.raw_code

    def _macros(self, resource: AnyResource, _: Before) -> bool:
        return resource.unique_id in self._of_macros()

    def _of_macros(self) -> frozenset[str]:
        """Who uses a macro that is new, gone, or another one."""
        if self._users is None:
            from platform_cli.project.macro_users import MacroUsers

            users = MacroUsers(self._project)
            before = {one: macro.macro_sql for one, macro in self._manifest.macros.items()}
            now = {one: macro.sql for one, macro in users.macros.items()}
            packages = self._project.scope(self._project.name).macros.packages
            changed = {
                one
                for one in before.keys() | now.keys()
                if one.split(".")[1] in packages
                and before.get(one, "").strip() != now.get(one, "").strip()
            }
            self._users = frozenset(users.of(changed))
        return self._users


def _configs(resource: AnyResource, before: Before) -> bool:
    now = {key: value for key, value in resource.config.items() if key not in _NOT_COMPARED}
    unknown = {one.split(".")[1] for one in resource.undecided if one.startswith("config.")}
    return any(
        _plain(now.get(key)) != _plain(before.config.get(key))
        for key in (now.keys() | before.config.keys()) - _NOT_COMPARED - unknown
    )


def _relation(resource: AnyResource, before: Before) -> bool:
    if isinstance(resource, Source):
        return resource.schema != before.schema or resource.identifier != before.identifier
    return any(
        resource.config.get(key) != before.config.get(key)
        for key in ("database", "schema", "alias")
        if f"config.{key}" not in resource.undecided
    )


def _contract(resource: AnyResource, before: Before) -> bool:
    if not isinstance(resource, Model):
        return False
    now, then = _enforced(resource.config), _enforced(before.config)
    if not now and not then:
        return False
    promised = {
        name: (one.get("data_type"), _constraints(one.get("constraints") or ()))
        for name, one in before.columns.items()
    }
    kept = {
        name: (one.data_type, _constraints(one.constraints))
        for name, one in resource.columns.items()
    }
    return (
        now != then
        or kept != promised
        or _constraints(resource.constraints) != _constraints(before.constraints)
    )


def _constraints(written: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Constraints without the defaults that a manifest spells out."""
    defaults = ("warn_unenforced", "warn_unsupported")
    return [
        _plain(
            {key: value for key, value in one.items() if not (key in defaults and value is True)}
        )
        for one in written
    ]


def _enforced(config: Mapping[str, Any]) -> bool:
    contract = config.get("contract")
    return bool(isinstance(contract, dict) and contract.get("enforced"))


def _persisted(resource: AnyResource, before: Before) -> bool:
    persist = resource.config.get("persist_docs")
    if not isinstance(resource, Node) or not isinstance(persist, dict):
        return False
    if persist.get("relation") and resource.description != before.description:
        return True
    return bool(persist.get("columns")) and {
        name: one.description for name, one in resource.columns.items()
    } != {name: one.get("description") for name, one in before.columns.items()}


def _as_read(model: Model, before: Before) -> bool:
    return (
        model.latest_version != before.latest_version
        or model.access != before.access
        or (model.deprecation_date or "")[:10] != (before.deprecation_date or "")[:10]
    )


def _source(source: Source, before: Before) -> bool:
    return (
        _relation(source, before)
        or source.fqn != before.fqn
        or _configs(source, before)
        or source.loaded_at_field != before.loaded_at_field
        or _plain(source.freshness) != _plain(before.freshness)
    )


def _exposure(exposure: Exposure, before: Before) -> bool:
    return (
        exposure.fqn != before.fqn
        or exposure.type != before.type
        or exposure.description != before.description
        or _plain(exposure.owner) != _plain(before.owner)
        or set(exposure.depends_on) != set(before.depends_on.get("nodes", ()))
    )


def _seed(path: Path, before: Before) -> bool:
    from hashlib import sha256

    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return True
    then = before.checksum if isinstance(before.checksum, dict) else {}
    # Of a seed beyond a megabyte dbt only knows the path.
    now = sha256(text.encode()).hexdigest()
    return then.get("name") == "sha256" and then.get("checksum") != now


def _plain(value: Any) -> Any:
    """The value without what is None or empty: a manifest spells these out."""
    if isinstance(value, Mapping):
        kept = {key: _plain(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in (None, {}, [])} or None
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value] or None
    return value
