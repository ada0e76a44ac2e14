"""Which resources a person means: names, paths and `+name+`, a small part of dbt's grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.graph import Graph
from platform_cli.project.resources import AnyResource, DataTest, Operation, Source, UnitTest

_GRAMMAR = re.compile(
    r"(?P<up>(?P<up_depth>\d*)\+)?(?P<what>[^+]+)(?P<down>\+(?P<down_depth>\d*))?"
)
_NOT_SELECTED = (DataTest, UnitTest, Operation)


def select(resources: Mapping[str, AnyResource], words: Iterable[str]) -> set[str]:
    """The unique ids that the words mean, together.

    A word is a resource's name, `source:name.table`, a file or a folder; a `+` before it adds what
    it is made from, a `+` after it what is made from it, with a number only so many steps.
    Raises PlatformError, with near names, for a word that means nothing.
    """
    graph: Graph | None = None
    found: set[str] = set()
    for word in words:
        parts = _GRAMMAR.fullmatch(word)
        here = _named(resources, parts["what"]) if parts else set()
        if not parts or not here:
            raise _nothing(resources, word, parts["what"] if parts else word)
        found |= here
        if parts["up"] or parts["down"]:
            graph = graph or Graph(resources)
        if graph and parts["up"]:
            found |= graph.upstream(here, int(parts["up_depth"] or 0) or None)
        if graph and parts["down"]:
            found |= graph.downstream(here, int(parts["down_depth"] or 0) or None)
    return found


def names(resources: Mapping[str, AnyResource]) -> dict[str, list[str]]:
    """The unique ids by the name people type; a name may belong to several packages."""
    found: dict[str, list[str]] = {}
    for unique_id, resource in resources.items():
        if not isinstance(resource, _NOT_SELECTED):
            found.setdefault(typed_name(resource), []).append(unique_id)
    return found


def typed_name(resource: AnyResource) -> str:
    """What a person types for it: `fct_flights`, and `source:airports.airports` for a source."""
    if isinstance(resource, Source):
        return f"source:{resource.source_name}.{resource.name}"
    return resource.name


def _named(resources: Mapping[str, AnyResource], what: str) -> set[str]:
    if "/" in what or what.endswith((".sql", ".yml", ".yaml", ".py", ".csv")):
        path = what.removeprefix("path:").removeprefix("./").rstrip("/")
        return {
            unique_id
            for unique_id, one in resources.items()
            if not isinstance(one, _NOT_SELECTED)
            and any(
                file == path or file.startswith(f"{path}/")
                for file in (one.path, one.properties_path)
                if file
            )
        }
    known = names(resources)
    return set(known.get(what, ()) or known.get(f"source:{what}", ()))


def _nothing(resources: Mapping[str, AnyResource], word: str, what: str) -> PlatformError:
    near = did_you_mean(what, names(resources))
    return PlatformError(
        f"nothing in this project matches {word!r}",
        hint=near or "give a resource's name, source:NAME.TABLE, a file or a folder",
    )
