"""What a check has looked at."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from platform_cli.project.project import Project


class Sight(Struct, frozen=True):
    """What a check has looked at, and so can tell about."""

    project: Project
    resources: Collection[str]
    rules: Collection[str]
    """The names of those that are on."""
    known: Collection[str]
    locked: Collection[str]
    silent: Collection[tuple[str, str]]
    """Rule and resource of what nothing could be said about."""
    whole: bool
    """Whether all of the project was asked for."""

    def tells(self, rule: str, resource: str) -> bool:
        """Whether a finding of this rule about this resource would have been found."""
        if rule in self.known and rule not in self.rules:
            return False
        mute = {(rule, resource), (rule, ""), ("every rule", resource)}
        if not mute.isdisjoint(self.silent):
            return False
        if resource in self.resources:
            return True
        there = resource in self.project.resources or resource in self.project.disabled
        return self.whole and (not there or rule not in self.known)
