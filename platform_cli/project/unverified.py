"""The mark of a unit test whose expected rows nobody has looked at, as scaffolding leaves it."""

from __future__ import annotations

from platform_cli.project.resources import UnitTest

MARK = "unverified"
"""A key of the unit test's `meta`."""


def is_unverified(test: UnitTest) -> bool:
    """Whether the unit test waits for somebody to confirm it."""
    config = test.config.get("meta") or {}
    return bool({**test.meta, **config}.get(MARK))
