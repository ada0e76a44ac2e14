"""Imports that do without a module, as if it were not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(module: str) -> Iterator[None]:
    """Within it the module cannot be imported, unless it is there already."""
    hidden = module not in sys.modules
    if hidden:
        sys.modules[module] = None  # type: ignore[assignment]  # so Python says that there is none
    try:
        yield
    finally:
        if hidden:
            del sys.modules[module]
