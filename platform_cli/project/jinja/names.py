"""The names that Jinja has everywhere in dbt, whatever it renders."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

from platform_cli.project.jinja.dbt_version import dbt_version
from platform_cli.project.jinja.dialect import BrokenJinja, Returned, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_ITERTOOLS = (
    "count",
    "cycle",
    "repeat",
    "accumulate",
    "chain",
    "compress",
    "islice",
    "starmap",
    "tee",
    "zip_longest",
    "product",
    "permutations",
    "combinations",
    "combinations_with_replacement",
)
_DATETIME = ("date", "datetime", "time", "timedelta", "tzinfo")
# Flags that are false unless somebody asked for them on the command line.
_PLAIN_FLAGS = {"FULL_REFRESH": False, "STORE_FAILURES": False, "FAIL_FAST": False, "EMPTY": False}


INVOCATION_ID = "00000000-0000-4000-8000-0dbd0dbd0dbd"
"""Stands for an id that differs from run to run: whoever keeps text looks for it in there."""


class Flags:
    """dbt's flags as they are when nobody passed one, and those we know; others are unknown."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = _PLAIN_FLAGS | dict(known)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name.upper() in self._known:
            return self._known[name.upper()]
        raise Unknown(f"flags.{name} depends on how dbt is called")


class _Modules(dict[str, Any]):
    def __missing__(self, key: str) -> Any:
        if key != "pytz":
            raise KeyError(key)
        import pytz  # type: ignore[import-untyped]

        self[key] = {name: getattr(pytz, name) for name in pytz.__all__}
        return self[key]


def builtin_names(flags: Mapping[str, Any]) -> dict[str, Any]:
    """A fresh mapping: modules, JSON and YAML, set and zip, log, return, flags, dbt_version."""
    names: dict[str, Any] = {
        "dbt_version": dbt_version(),
        "return": _return,
        "fromjson": _fromjson,
        "tojson": _tojson,
        "fromyaml": _fromyaml,
        "toyaml": _toyaml,
        "set": _set,
        "set_strict": _set_strict,
        "zip": _zip,
        "zip_strict": _zip_strict,
        "log": _say_nothing,
        "print": _print_nothing,
        "run_started_at": dt.datetime.now(dt.UTC),
        "invocation_id": INVOCATION_ID,
        "thread_id": "MainThread",
        "modules": _Modules(
            datetime={name: getattr(dt, name) for name in _DATETIME},
            re={name: getattr(re, name) for name in re.__all__},
            itertools={name: getattr(itertools, name) for name in _ITERTOOLS},
        ),
        "flags": Flags(flags),
        "diff_of_two_dicts": _difference,
        "local_md5": _md5,
    }
    return names


def _return(data: Any) -> NoReturn:
    raise Returned(data)


def _fromjson(string: str, default: Any = None) -> Any:
    try:
        return json.loads(string)
    except ValueError:
        return default


def _tojson(value: Any, default: Any = None, sort_keys: bool = False) -> Any:
    try:
        return json.dumps(value, sort_keys=sort_keys)
    except ValueError:
        return default


def _fromyaml(value: str, default: Any = None) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(value, Loader=loader)  # noqa: S506  (it is a safe loader)
    except (AttributeError, ValueError, yaml.YAMLError):
        return default


def _toyaml(value: Any, default: str | None = None, sort_keys: bool = False) -> str | None:
    import yaml

    try:
        return yaml.safe_dump(data=value, sort_keys=sort_keys)
    except (ValueError, yaml.YAMLError):
        return default


def _set(value: Iterable[Any], default: Any = None) -> Any:
    try:
        return set(value)
    except TypeError:
        return default


def _set_strict(value: Iterable[Any]) -> set[Any]:
    try:
        return set(value)
    except TypeError as error:
        raise BrokenJinja(f"set_strict: {error}", certain=True) from error


def _zip(*args: Iterable[Any], default: Any = None) -> Any:
    try:
        return zip(*args, strict=False)
    except TypeError:
        return default


def _zip_strict(*args: Iterable[Any]) -> Any:
    try:
        return zip(*args, strict=False)
    except TypeError as error:
        raise BrokenJinja(f"zip_strict: {error}", certain=True) from error


def _say_nothing(msg: Any, info: bool = False) -> str:  # noqa: ARG001  (dbt's names)
    return ""


def _print_nothing(msg: Any) -> str:  # noqa: ARG001
    return ""


def _difference(dict_a: dict[str, list[str]], dict_b: dict[str, list[str]]) -> dict[str, list[str]]:
    known = {key.casefold(): {item.casefold() for item in items} for key, items in dict_b.items()}
    result: dict[str, list[str]] = {}
    for key, items in dict_a.items():
        if key.casefold() not in known:
            result[key] = items
        elif left := [item for item in items if item.casefold() not in known[key.casefold()]]:
            result[key] = left
    return result


def _md5(value: str) -> str:
    from hashlib import md5

    return md5(value.encode("utf-8")).hexdigest()  # noqa: S324  (what dbt's local_md5 does)


def raising(prefix: str) -> dict[str, Callable[..., Any]]:
    """`exceptions`: warnings say nothing here, everything else stops dbt and therefore us."""

    def stop(*args: Any, **kwargs: Any) -> NoReturn:
        message = kwargs.get("msg", args[0] if args else prefix)
        raise BrokenJinja(str(message), certain=True)

    def warn(msg: Any, node: Any = None) -> str:  # noqa: ARG001
        return ""

    names = (
        "missing_config",
        "missing_materialization",
        "missing_relation",
        "raise_ambiguous_alias",
        "raise_ambiguous_catalog_match",
        "raise_cache_inconsistent",
        "raise_dataclass_not_dict",
        "raise_compiler_error",
        "raise_database_error",
        "raise_dep_not_found",
        "raise_dependency_error",
        "raise_duplicate_patch_name",
        "raise_duplicate_resource_name",
        "raise_invalid_property_yml_version",
        "raise_not_implemented",
        "relation_wrong_type",
        "raise_contract_error",
        "column_type_missing",
        "raise_fail_fast_error",
    )
    return {"warn": warn, **dict.fromkeys(names, stop)}
