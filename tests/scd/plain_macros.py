"""Macros of the package called without dbt: those that need neither a database nor a project."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment

SCD = Path(__file__).parents[2] / "macros" / "scd"


class _Returned(Exception):  # noqa: N818  (it is dbt's way to return, and no error)
    pass


@cache
def plain_macros() -> Any:
    """All macros of `macros/scd`, as `platform_macros`; a call gives what `return()` got."""
    macros = SimpleNamespace()
    environment = Environment(extensions=["jinja2.ext.do"], autoescape=False)
    environment.globals |= {
        "platform_macros": macros,
        "modules": {"re": re},
        "return": _return,
    }
    for file in SCD.rglob("*.sql"):
        text = file.read_text(encoding="utf-8")
        if "{% materialization" not in text:
            for name, macro in vars(environment.from_string(text).module).items():
                if not name.startswith("_"):
                    setattr(macros, name, _calling(macro))
    return macros


def _return(value: Any) -> None:
    raise _Returned(value)


def _calling(macro: Any) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return macro(*args, **kwargs)
        except _Returned as returned:
            return returned.args[0]

    return call
