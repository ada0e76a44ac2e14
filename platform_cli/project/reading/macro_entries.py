"""What properties files say about macros."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from platform_cli.project.files.yaml_values import has_jinja
from platform_cli.project.reading.lenient import as_list, as_mapping
from platform_cli.project.resources import Argument, Macro

if TYPE_CHECKING:
    from platform_cli.project.files.tree import InputFile
    from platform_cli.project.jinja.macros import Namespace


def macro_entries(file: InputFile, data: Mapping[str, Any], defined: Namespace) -> Iterator[Macro]:
    """The macros that a file describes, their descriptions as they are written.

    `defined` are the macros of its package; an entry of no macro is left to dbt, which warns.
    """
    for entry in data.get("macros") or ():
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or name not in defined:
            continue
        config = as_mapping(entry.get("config"))
        yield Macro(
            unique_id=f"macro.{file.package}.{name}",
            name=name,
            package_name=file.package,
            path=defined[name].path,
            properties_path=file.path,
            description=_text(entry),
            meta={**as_mapping(entry.get("meta")), **as_mapping(config.get("meta"))},
            arguments={
                one["name"]: Argument(one["name"], _text(one))
                for one in as_list(entry.get("arguments"))
                if isinstance(one, dict) and isinstance(one.get("name"), str)
            },
        )


def _text(entry: Mapping[str, Any]) -> str:
    """The description. What dbt renders in it (`doc()`) says something, and is not rendered."""
    text = entry.get("description")
    return text if isinstance(text, str) and not has_jinja(text) else ""
