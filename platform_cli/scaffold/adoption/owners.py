"""Who answers for the models of a project already, as dbt groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from platform_cli.project.identifiers import snake_case
from platform_cli.project.resources import AnyResource, Node, Source

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group to be declared."""

    name: str
    title: str
    email: str = ""
    slack: str = ""


def owners_in_meta(resources: Iterable[AnyResource]) -> tuple[NewGroup, ...]:
    """A group for each `meta.owner`, text or mapping, the one of most resources first."""
    counted: Counter[NewGroup] = Counter()
    for one in resources:
        if isinstance(one, Node | Source):
            meta = {**one.meta, **(one.config.get("meta") or {})}
            if group := _group(meta.get("owner")):
                counted[group] += 1
    found: dict[str, NewGroup] = {}
    for group, _ in counted.most_common():
        found.setdefault(group.name, group)
    return tuple(found.values())


def group_named(name: str, email: str) -> NewGroup:
    """The group of that name."""
    title = re.sub(r"[_-]+", " ", name).strip().capitalize()
    return NewGroup(snake_case(name), title, email)


def _group(owner: Any) -> NewGroup | None:
    if isinstance(owner, dict):
        name, email, slack = (str(owner.get(key) or "") for key in ("name", "email", "slack"))
        word = name or email.partition("@")[0] or slack.lstrip("#@")
        return NewGroup(snake_case(word), name or word, email, slack) if word else None
    if not isinstance(owner, str) or not owner.strip() or "{" in owner:
        return None
    text = owner.strip()
    if _EMAIL.fullmatch(text):
        word = text.partition("@")[0]
        return NewGroup(snake_case(word), word, text)
    handle = text[0] in "@#"
    plain = text.lstrip("@#")
    return NewGroup(snake_case(plain), plain, slack=text if handle else "") if plain else None
