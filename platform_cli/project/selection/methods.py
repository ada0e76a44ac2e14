"""dbt's selection methods: whether a criterion means a resource.

Each answers yes, no, or None where only dbt can tell, because the value is undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from posixpath import basename, splitext
from typing import Any

from msgspec import Struct

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.resources import (
    AnyResource,
    DataTest,
    Exposure,
    Model,
    Node,
    Source,
    UnitTest,
)
from platform_cli.project.selection.expression import Word
from platform_cli.project.selection.patterns import names_match, path_pattern

Answer = bool | None
_KINDS = {"DataTest": "test", "UnitTest": "unit_test"}


class Method(Struct, frozen=True):
    """How a method finds what is meant, and the values that would have found something."""

    means: Callable[[AnyResource, Word, str], Answer]
    values: Callable[[Iterable[AnyResource]], Iterator[str]] = lambda _: iter(())


def kind_of(resource: AnyResource) -> str:
    """dbt's resource type."""
    name = type(resource).__name__
    return _KINDS.get(name, name.lower())


def typed_name(resource: AnyResource) -> str:
    """What a person types for it: `fct_flights`, and `source:airports.airports` for a source."""
    if isinstance(resource, Source):
        return f"source:{resource.source_name}.{resource.name}"
    return resource.name


def _fqn(resource: AnyResource, word: Word, _: str) -> Answer:
    if isinstance(resource, Source):
        # dbt knows a source by `source:` only; where its name means nothing else, it is meant.
        return False
    versioned = isinstance(resource, Model) and resource.version is not None
    return names_match(resource.fqn, word.value, versioned=versioned)


def _tag(resource: AnyResource, word: Word, _: str) -> Answer:
    if any(fnmatchcase(tag, word.value) for tag in resource.tags):
        return True
    return _no(resource, "tags")


def _group(resource: AnyResource, word: Word, _: str) -> Answer:
    if not isinstance(resource, Node) or isinstance(resource, UnitTest):
        return False
    group = resource.config.get("group")
    return bool(group and fnmatchcase(group, word.value)) or _no(resource, "config.group")


def _access(resource: AnyResource, word: Word, _: str) -> Answer:
    if not isinstance(resource, Model):
        return False
    return resource.access == word.value if _no(resource, "access") is False else None


def _source(resource: AnyResource, word: Word, _: str) -> Answer:
    if not isinstance(resource, Source):
        return False
    names = (resource.package_name, resource.source_name, resource.name)
    parts = word.value.split(".")
    if len(parts) > len(names):
        raise PlatformError(
            f"{word.raw!r} names no source",
            hint="write source:NAME, source:NAME.TABLE or source:PACKAGE.NAME.TABLE",
        )
    wanted = {1: ["*", *parts, "*"], 2: ["*", *parts]}.get(len(parts), parts)
    return all(map(fnmatchcase, names, wanted))


def _named(kind: type[AnyResource]) -> Callable[[AnyResource, Word, str], Answer]:
    def means(resource: AnyResource, word: Word, _: str) -> Answer:
        if not isinstance(resource, kind):
            return False
        package, _, name = word.value.rpartition(".")
        return fnmatchcase(resource.package_name, package or "*") and fnmatchcase(
            resource.name, name
        )

    return means


def _path(resource: AnyResource, word: Word, _: str) -> Answer:
    value: str = word.value
    if "/" not in value and word.raw.find(":") < 0 and value.lower().endswith((".yml", ".yaml")):
        value = f"**/{value}"
    pattern = path_pattern(value)
    described = resource.properties_path
    if value.endswith("/"):  # a folder, and no file of that name
        return bool(pattern.match(resource.path))
    return bool(pattern.match(f"{resource.path}/")) or bool(
        described and pattern.fullmatch(f"{described}/")
    )


def _file(resource: AnyResource, word: Word, _: str) -> Answer:
    name = basename(resource.path)
    return fnmatchcase(name, word.value) or fnmatchcase(splitext(name)[0], word.value)


def _package(resource: AnyResource, word: Word, project: str) -> Answer:
    return fnmatchcase(resource.package_name, project if word.value == "this" else word.value)


def _config(resource: AnyResource, word: Word, _: str) -> Answer:
    if not isinstance(resource, Node | Source) or isinstance(resource, UnitTest):
        return False
    value: Any = resource.config
    for key in word.arguments:
        if isinstance(value, Mapping) and key in value:
            value = value[key]
        elif isinstance(value, list | tuple) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return _no(resource, ".".join(("config", *word.arguments)))
    wanted, ignore_case = word.value, word.arguments == ("severity",)
    values = value if isinstance(value, list | tuple) else (value,)
    return any(_equal(one, wanted, ignore_case=ignore_case) for one in values)


def _equal(value: Any, wanted: Any, *, ignore_case: bool) -> bool:
    if isinstance(wanted, str) and isinstance(value, bool):
        return wanted.lower() == str(value).lower()
    if ignore_case and isinstance(value, str) and isinstance(wanted, str):
        return value.lower() == wanted.lower()
    return bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)


def _resource_type(resource: AnyResource, word: Word, _: str) -> Answer:
    return bool(kind_of(resource) == word.value)


def _test_name(resource: AnyResource, word: Word, _: str) -> Answer:
    if isinstance(resource, DataTest):
        return resource.test_name is not None and fnmatchcase(resource.test_name, word.value)
    return isinstance(resource, UnitTest) and fnmatchcase(resource.name, word.value)


def _test_type(resource: AnyResource, word: Word, _: str) -> Answer:
    if isinstance(resource, DataTest):
        own = {"generic", "schema", "data"} if resource.test_name else {"singular", "data"}
        return word.value in own
    return isinstance(resource, UnitTest) and word.value == "unit"


def _version(resource: AnyResource, word: Word, _: str) -> Answer:
    if not isinstance(resource, Model):
        return False
    version, latest = resource.version, resource.latest_version
    if version is None:
        return bool(word.value == "none")
    if version == latest or word.value in {"latest", "none"}:
        return bool(version == latest and word.value == "latest")
    try:
        later = float(version) > float(latest or 0)
    except ValueError:
        later = str(version) > str(latest)
    return bool(word.value == ("prerelease" if later else "old"))


def _no(resource: AnyResource, name: str) -> Answer:
    """No, or None where the value of that name is undecided."""
    for unknown in resource.undecided:
        if f"{unknown}.".startswith(f"{name}.") or f"{name}.".startswith(f"{unknown}."):
            return None
    return False


def _of(*values: str) -> Callable[[Iterable[AnyResource]], Iterator[str]]:
    return lambda _: iter(values)


def _each(pick: Callable[[AnyResource], Iterable[str]]) -> Any:
    return lambda resources: iter({value for one in resources for value in pick(one) if value})


_LIKE_NAMES = _each(lambda one: () if isinstance(one, DataTest | UnitTest) else (typed_name(one),))

METHODS: dict[str, Method] = {
    "fqn": Method(_fqn, _LIKE_NAMES),
    "tag": Method(_tag, _each(lambda one: one.tags)),
    "group": Method(_group, _each(lambda one: (one.config.get("group") or "",))),
    "access": Method(_access, _of("private", "protected", "public")),
    "source": Method(
        _source,
        _each(
            lambda one: (
                (one.source_name, f"{one.source_name}.{one.name}")
                if isinstance(one, Source)
                else ()
            )
        ),
    ),
    "exposure": Method(
        _named(Exposure), _each(lambda one: (one.name,) if isinstance(one, Exposure) else ())
    ),
    "unit_test": Method(
        _named(UnitTest), _each(lambda one: (one.name,) if isinstance(one, UnitTest) else ())
    ),
    "path": Method(_path, _each(lambda one: (one.path, one.path.rpartition("/")[0]))),
    "file": Method(_file, _each(lambda one: (basename(one.path),))),
    "package": Method(_package, _each(lambda one: (one.package_name,))),
    "config": Method(_config),
    "resource_type": Method(_resource_type, _each(lambda one: (kind_of(one),))),
    "test_name": Method(_test_name, _each(lambda one: (getattr(one, "test_name", None) or "",))),
    "test_type": Method(_test_type, _of("generic", "singular", "unit", "data")),
    "version": Method(_version, _of("latest", "prerelease", "old", "none")),
}
_AFTER_A_RUN = ("result", "source_status")
_NOT_READ = ("metric", "saved_query", "semantic_model")


def method_named(word: Word) -> Method:
    """The method of a criterion.

    Raises PlatformError, with near names, for one that does not exist or that only dbt knows.
    """
    if found := METHODS.get(word.method):
        return found
    if word.method in (*_AFTER_A_RUN, *_NOT_READ):
        what = "the results of a run" if word.method in _AFTER_A_RUN else "metrics and the like"
        raise PlatformError(
            f"{word.raw!r}: the files alone do not tell; only dbt knows {what}",
            hint=f"for that: platform build --select {word.raw}",
        )
    known = (*METHODS, "state")
    raise PlatformError(
        f"{word.raw!r}: there is no method {word.method!r}",
        hint=did_you_mean(word.method, known) or f"known: {', '.join(known)}",
    )
