"""The files of a new model: its SQL, and the YAML beside it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.project.identifiers import quoted
from platform_cli.scaffold.model.answers import Answers, Incremental
from platform_cli.scaffold.model.kind_template import KindTemplate, filled
from platform_cli.scaffold.model.kinds import Kind
from platform_cli.scaffold.model.parents import Parent
from platform_cli.scaffold.model.relations import Relation
from platform_cli.scaffold.model.select_list import SelectList
from platform_cli.scaffold.plan import NewFile
from platform_cli.scaffold.template_language import template_language
from platform_cli.scaffold.unit_test.made_up_test import MadeUpTest, Value

if TYPE_CHECKING:
    from jinja2 import Environment


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
    sla_key: str = "sla"
    incremental: Incremental | None = None
    relations: tuple[Relation, ...] = ()
    unit_test: MadeUpTest | None = None
    query: str = ""
    """SQL that somebody wrote: then it is the model, and not the template's."""

    root: Path | None = None
    """The project, whose own templates come first."""

    @property
    def path(self) -> str:
        """Where its SQL lies, from the project's root."""
        return f"{self.folder}/{self.name}.sql"


def model_sql(model: NewModel) -> str:
    """The text of its SQL file, Jinja and all."""
    return model.query or _rendered(model, "model.sql")


def filled_with(answers: Answers, root: Path | None, file: str) -> str:
    """A file of the model's template, `model.sql` or `model.yml`, with these answers in it.

    Raises PlatformError, with file and line, when the project's own template is broken.
    """
    return filled(KindTemplate(answers.kind, root), file, _environment(), answers)


def model_files(model: NewModel) -> tuple[NewFile, ...]:
    """The SQL and the properties file, from the templates of the model's kind."""
    return (
        NewFile(model.path, model_sql(model)),
        NewFile(f"{model.folder}/{model.name}.yml", _rendered(model, "model.yml")),
    )


def _rendered(model: NewModel, template: str) -> str:
    return filled_with(Answers.of(model), model.root, template)


@cache
def _environment() -> Environment:
    environment = template_language()
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
