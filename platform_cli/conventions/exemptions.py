"""What is to be said about the exemptions themselves, for the rules that say it."""

from __future__ import annotations

from msgspec import Struct

from platform_cli.conventions.rule import Violation


class Exemptions(Struct, frozen=True):
    """What the waivers and the baseline of a project turned out to be, after all other rules."""

    not_holding: tuple[Violation, ...] = ()
    """Waivers that waive nothing, because something about them is wrong."""
    not_needed: tuple[Violation, ...] = ()
    """Waivers that have ended, or that nothing needs."""
    outlived: tuple[Violation, ...] = ()
    """What the baseline holds although it is mended."""
