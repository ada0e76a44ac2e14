"""The files that a project gets, as texts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from platform_cli.scaffold.kinds import TEMPLATES

if TYPE_CHECKING:
    from jinja2 import Environment


def rendered(template: str, **answers: Any) -> str:
    """The text of a template of `templates/_project/` with these answers in it."""
    return _environment().get_template(template).render(**answers)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # Not dbt's braces: they go into the file as they are. It is YAML, so nothing is escaped.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "_project"),
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
    )
    environment.filters["yaml"] = _yaml
    environment.filters["flow"] = _flow
    return environment


def _flow(words: Sequence[str]) -> str:
    return f"[{', '.join(map(_yaml, words))}]"


def _yaml(text: str) -> str:
    """The text as one YAML scalar, in quotes only if it needs them."""
    plain = re.fullmatch(r"[A-Za-z][\w ./-]*", text) and text == text.strip()
    words = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
    return text if plain and text.lower() not in words else json.dumps(text, ensure_ascii=False)
