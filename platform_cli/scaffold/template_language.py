"""Jinja of our templates: `[[ ]]`, because dbt's braces go into the file as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment


def template_language(loader: BaseLoader | None = None) -> Environment:
    """An environment without filters of its own; a name that nobody gave is an error."""
    from jinja2 import Environment, StrictUndefined

    # What is written is SQL and YAML, so nothing is escaped.
    return Environment(
        loader=loader,
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
