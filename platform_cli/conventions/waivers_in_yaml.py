"""Waivers in a resource's own YAML, under `config.meta` (or `meta`):

platform:
  waive:
    model-has-primary-key: {reason: "event log without a key", until: 2027-01-31, owner: growth}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from platform_cli.conventions.place import Places
from platform_cli.conventions.written_waiver import LAST_DAY, WrittenWaiver
from platform_cli.project.resources import AnyResource


def waivers_in_yaml(resources: Iterable[AnyResource], places: Places) -> Iterator[WrittenWaiver]:
    """What these resources waive for themselves."""
    for resource in resources:
        of_config = resource.config.get("meta")
        for keys, meta in ((("config", "meta"), of_config), (("meta",), resource.meta)):
            if found := _written(meta):
                yield from _of_resource(resource, keys, found, places)
                break


def _written(meta: Any) -> Any:
    platform = meta.get("platform") if isinstance(meta, dict) else None
    return platform.get("waive") if isinstance(platform, dict) else None


def _of_resource(
    resource: AnyResource, keys: tuple[str, ...], found: Any, places: Places
) -> Iterator[WrittenWaiver]:
    is_mapping = isinstance(found, dict)
    for name, terms in found.items() if is_mapping else [("RULE", None)]:
        yield WrittenWaiver(
            rule=str(name),
            terms=terms if isinstance(terms, dict) else {},
            place=partial(places.inside, resource, (*keys, "platform", "waive", str(name))),
            resources=(resource.unique_id,),
            form=f'`{name}: {{reason: "...", until: {LAST_DAY}, owner: GROUP}}`',
            unclear="" if is_mapping else "`waive` is not a mapping of rules",
        )
