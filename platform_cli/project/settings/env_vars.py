"""The environment variables a project asks for."""

from __future__ import annotations

import os
from collections.abc import Mapping


class EnvVars:
    """The environment as Jinja's `env_var()` sees it.

    It remembers every name that was asked for with the value it got (None: not set), because a
    cached project is only as good as the environment it was read in.
    """

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = os.environ if environ is None else environ
        self.asked: dict[str, str | None] = {}

    def get(self, name: str) -> str | None:
        """The variable's value, or None when it is not set."""
        value = self.asked[name] = self._environ.get(name)
        return value

    def begin_anew(self) -> None:
        """Forget what was asked for: what follows is kept by itself."""
        self.asked.clear()
