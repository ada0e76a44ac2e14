"""The files that a project gets, as texts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from platform_cli.scaffold.model.kinds import TEMPLATES
from platform_cli.scaffold.template_language import template_language

if TYPE_CHECKING:
    from jinja2 import Environment


def rendered(template: str, **answers: Any) -> str:
    """The text of a template of `templates/_project/` with these answers in it."""
    return _environment().get_template(template).render(**answers)


@cache
def _environment() -> Environment:
    from jinja2 import FileSystemLoader

    environment = template_language(FileSystemLoader(TEMPLATES / "_project"))
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
