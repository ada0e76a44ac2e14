"""The files of a new model: its SQL, and the YAML beside it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from platform_cli.project.identifiers import quoted
from platform_cli.scaffold.kinds import TEMPLATES, Kind
from platform_cli.scaffold.made_up_test import MadeUpTest, Value
from platform_cli.scaffold.parents import Parent
from platform_cli.scaffold.plan import NewFile
from platform_cli.scaffold.relations import Relation
from platform_cli.scaffold.select_list import SelectList

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Incremental:
    """Only new rows are read: by `column` of the first parent, which is called `name` here."""

    column: str
    name: str
    append: bool


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
    sla: str = ""
    incremental: Incremental | None = None
    relations: tuple[Relation, ...] = ()
    unit_test: MadeUpTest | None = None
    query: str = ""
    """SQL that somebody wrote: then it is the model, and not the template's."""

    def relation_of(self, column: str) -> Relation | None:
        """The table whose key the column holds, when that is to be tested."""
        return next((one for one in self.relations if one.column == column), None)

    @property
    def key_as_row(self) -> str:
        """The columns of the key as one value, in SQL."""
        return f"({', '.join(map(quoted, self.key))})"

    @property
    def path(self) -> str:
        """Where its SQL lies, from the project's root."""
        return f"{self.folder}/{self.name}.sql"


def model_sql(model: NewModel) -> str:
    """The text of its SQL file, Jinja and all."""
    return model.query or _rendered(model, "model.sql")


def model_files(model: NewModel) -> tuple[NewFile, ...]:
    """The SQL and the properties file, from the templates of the model's kind."""
    return (
        NewFile(model.path, model_sql(model)),
        NewFile(f"{model.folder}/{model.name}.yml", _rendered(model, "model.yml")),
    )


def _rendered(model: NewModel, template: str) -> str:
    text = _environment().get_template(f"{model.kind.name}/{template}").render(model=model)
    return f"{text.strip()}\n"


@cache
def _environment() -> Environment:
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
    environment.filters["yaml"] = yaml_scalar
    environment.filters["flow"] = _flow
    environment.filters["flow_word"] = flow_word
    environment.filters["flow_list"] = _flow_list
    environment.filters["sql"] = quoted
    return environment


def yaml_scalar(text: str) -> str:
    """The text as one YAML scalar that reads back as this text, in quotes only if it needs them."""
    plain = re.fullmatch(r"[A-Za-z][^:#\"'{}\[\]&*!|>%@`\\\n]*", text) and text == text.strip()
    words = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
    return text if plain and text.lower() not in words else json.dumps(text, ensure_ascii=False)


def flow_word(text: str) -> str:
    """The text as a YAML scalar that may stand between brackets, where a comma ends a word."""
    return text if re.fullmatch(r"[\w .-]*", text) and yaml_scalar(text) == text else _quoted(text)


def _flow_list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(flow_word, texts))}]"


def _flow(row: tuple[tuple[str, Value], ...]) -> str:
    """A row of a unit test on one line."""
    return "{" + ", ".join(f"{flow_word(name)}: {_value(value)}" for name, value in row) + "}"


def _value(value: Value) -> str:
    return flow_word(value) if isinstance(value, str) else _quoted(value)


def _quoted(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)
