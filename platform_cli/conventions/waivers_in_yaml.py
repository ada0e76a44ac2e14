"""Waivers in a resource's own YAML, under `config.meta` (or `meta`):

platform:
  waive:
    model-has-primary-key: {reason: "event log without a key", until: 2027-01-31, owner: growth}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from platform_cli.conventions.place import Places
from platform_cli.conventions.written_waiver import LAST_DAY, WrittenWaiver
from platform_cli.errors import Where
from platform_cli.project.resources import AnyResource


def waivers_in_yaml(resources: Iterable[AnyResource], places: Places) -> Iterator[WrittenWaiver]:
    """What these resources waive for themselves.

    A waiver that several have from one place (a source, dbt_project.yml) is one waiver.
    """
    shared: dict[tuple[Where, str, str], list[str]] = defaultdict(list)
    terms: dict[tuple[Where, str, str], Any] = {}
    for resource in resources:
        for rule, found in _written(resource).items():
            place = places.of_meta(resource, "platform", "waive", *([rule] if rule else []))
            key = (place, rule, repr(found))
            shared[key].append(resource.unique_id)
            terms[key] = found
    for key, those in shared.items():
        (place, rule, _), found = key, terms[key]
        yield WrittenWaiver(
            rule=rule or "RULE",
            terms=found if isinstance(found, dict) else {},
            place=partial(Where, place.path, place.line, place.column),
            resources=tuple(those),
            form=f'`{rule or "RULE"}: {{reason: "...", until: {LAST_DAY}, owner: GROUP}}`',
            unclear="" if rule else "`waive` is not a mapping of rules",
        )


def _written(resource: AnyResource) -> dict[str, Any]:
    """The terms by rule; under "" what is no mapping."""
    for meta in (resource.config.get("meta"), resource.meta):
        platform = meta.get("platform") if isinstance(meta, dict) else None
        found = platform.get("waive") if isinstance(platform, dict) else None
        if found:
            is_mapping = isinstance(found, dict)
            return {str(name): one for name, one in found.items()} if is_mapping else {"": found}
    return {}
