"""What is remembered of a generated model: its template, the answers, and the text they made.

A small file per model, `templates/made/<model>.yml` beside dbt_project.yml, and not `config.meta`:

- It is found by the model's name, which dbt keeps unique. Files moved to another folder, or an
  entry moved to another properties file, take nothing with them; who renames a model renames it.
- Nothing of it is in the manifest: a new template alone makes no model `state:modified`, and so
  builds no table again. dbt and `check` never read it.
- It can hold the text as it was made. To bring in what changed in a template, one needs the old
  text; a version number would lead to it only as long as somebody keeps every old template, the
  project's own ones too, and code that still fills them to the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.made_path import MADE, made_path
from platform_cli.scaffold.model.answers import Answers
from platform_cli.scaffold.model.files import NewModel, filled_with
from platform_cli.scaffold.model.kind_template import KindTemplate
from platform_cli.scaffold.model.kinds import load_kinds
from platform_cli.scaffold.plan import NewFile

_HEADER = """\
# What `platform new-model` made, for `platform upgrade-models`. Nobody has to edit it; without it
# the model is left alone.
"""


@dataclass(frozen=True, slots=True)
class MadeModel:
    """A generated model: the answers, the template's version, and the text that they made.

    `model` is its name now; the answers have the one that it was made with.
    """

    model: str
    answers: Answers
    version: str
    sql: str
    """Empty when a person wrote the SQL."""
    yml: str

    @property
    def path(self) -> str:
        """Where it is remembered, from the project's root."""
        return made_path(self.model)

    @property
    def text(self) -> str:
        """The file that remembers it."""
        said: dict[str, Any] = {"kind": self.answers.kind.name, "version": self.version}
        said["answers"] = self.answers.plain
        if self.sql:
            said["sql"] = self.sql
        return _HEADER + _dumped({**said, "yml": self.yml})

    def renewed(self, root: Path) -> MadeModel:
        """The same answers in the template as it is now.

        Raises PlatformError, with file and line, when the project's own template is broken.
        """
        sql = "" if self.answers.own_sql else filled_with(self.answers, root, "model.sql")
        yml = filled_with(self.answers, root, "model.yml")
        version = KindTemplate(self.answers.kind, root).version
        if (sql, yml) == (self.sql, self.yml):
            return self
        return MadeModel(self.model, self.answers, version, sql, yml)


def made_file(model: NewModel, files: Sequence[NewFile], root: Path) -> NewFile:
    """The file that remembers a new model with these files; instead of that of one that is gone."""
    sql, yml = (one.text for one in files)
    version = KindTemplate(model.kind, root).version
    answers = Answers.of(model)
    made = MadeModel(model.name, answers, version, "" if answers.own_sql else sql, yml)
    before = None
    if not (root / model.path).exists() and (root / made.path).is_file():
        before = (root / made.path).read_bytes().decode("utf-8", errors="replace")
    return NewFile(made.path, made.text, before)


def made_names(root: Path) -> tuple[str, ...]:
    """The names of all models that are remembered."""
    return tuple(sorted(file.stem for file in (root / MADE).glob("*.yml")))


def made_model(root: Path, name: str) -> MadeModel:
    """What is remembered of a model.

    Raises PlatformError when the file is not as it was written.
    """
    import msgspec
    import yaml

    path = made_path(name)
    kinds = {one.name: one for one in load_kinds()}
    try:
        said = yaml.load((root / path).read_bytes(), yaml.CSafeLoader)
        kind = kinds[said["kind"]]
        answers = Answers.remembered(said["answers"], kind)
        texts = [str(said[key]) for key in ("version", "yml")]
        return MadeModel(name, answers, texts[0], str(said.get("sql", "")), texts[1])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise _unreadable(path, f"no valid YAML: {error.problem}", line) from error
    except msgspec.ValidationError as error:
        raise _unreadable(path, str(error)) from error
    except KeyError as error:
        near = did_you_mean(str(error.args[0]), kinds)
        raise _unreadable(path, f"{error.args[0]!r} is missing or unknown; {near}") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: str, why: str, line: int | None = None) -> PlatformError:
    return PlatformError(
        f"{path} is not as it was written: {why}",
        hint=f"take it back (git checkout {path}), or delete it: then the model is left alone",
        where=Where(path, line),
    )


def _dumped(said: dict[str, Any]) -> str:
    """As YAML that a person can read: a text of several lines stays one."""
    import yaml

    class Dumper(yaml.CSafeDumper):
        pass

    def text(dumper: Any, value: str) -> yaml.Node:
        style = "|" if "\n" in value else None
        node: yaml.Node = dumper.represent_scalar("tag:yaml.org,2002:str", value, style)
        return node

    Dumper.add_representer(str, text)
    dumped: str = yaml.dump(said, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    return dumped
