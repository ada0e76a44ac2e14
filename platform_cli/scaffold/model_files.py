"""The files of a new model: its SQL, and the YAML beside it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from platform_cli.project.identifiers import quoted
from platform_cli.scaffold.kinds import TEMPLATES, Kind
from platform_cli.scaffold.parents import Parent
from platform_cli.scaffold.plan import NewFile
from platform_cli.scaffold.select_list import SelectedColumn, SelectList


@dataclass(frozen=True, slots=True)
class NewModel:
    """All answers: what the model is called, where it goes, what it reads, whose it is."""

    name: str
    kind: Kind
    folder: str
    parents: tuple[Parent, ...]
    selected: SelectList
    owner: str
    description: str
    key: tuple[str, ...]
    contract: bool
    incremental_on: SelectedColumn | None = None


def model_files(model: NewModel) -> tuple[NewFile, ...]:
    """The SQL and the properties file, from the templates of the model's kind."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # Not dbt's braces: they go into the file as they are. It is SQL, so nothing is escaped.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
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
    environment.filters["sql"] = quoted
    files = []
    for template in sorted(model.kind.folder.glob("model.*")):
        text = environment.get_template(f"{model.kind.name}/{template.name}").render(model=model)
        path = f"{model.folder}/{model.name}{template.suffix}"
        files.append(NewFile(path, f"{text.strip()}\n"))
    return tuple(files)


def _yaml(text: str) -> str:
    """The text as one YAML scalar that reads back as this text, in quotes only if it needs them."""
    plain = re.fullmatch(r"[A-Za-z][^:#\"'{}\[\]&*!|>%@`\\\n]*", text) and text == text.strip()
    words = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
    return text if plain and text.lower() not in words else json.dumps(text, ensure_ascii=False)
