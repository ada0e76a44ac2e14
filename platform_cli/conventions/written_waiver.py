"""A waiver as somebody wrote it, before anybody asks whether it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from platform_cli.errors import Where

LAST_DAY = "LAST-DAY"
"""Where the last day stands in a form, for a day that is allowed."""


def _nowhere(_: str) -> bool:
    return False


class WrittenWaiver(Struct, frozen=True):
    """One rule waived for some resources, wherever it is written.

    `terms` are `reason`, `until` and `owner` as written. `place` is asked only when something is
    wrong with the waiver. `covers_path` tells for findings of no resource, by their file.
    `unclear` is what cannot be understood at all; then nothing is waived.
    """

    rule: str
    terms: dict[str, Any]
    place: Callable[[], Where]
    resources: tuple[str, ...]
    form: str
    """How it is written rightly, in the words of where it stands."""
    covers_path: Callable[[str], bool] = _nowhere
    unclear: str = ""
