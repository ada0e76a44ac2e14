"""Another name for a model: the file, every call, the entries; the table keeps its name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import basename, splitext

import yaml

from platform_cli.errors import Where
from platform_cli.project.edits.edit import (
    Edit,
    MoveFile,
    RefusedError,
    Remove,
    ReplaceText,
    SetKey,
)
from platform_cli.project.edits.named_in_settings import in_settings
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.edits.written import written
from platform_cli.project.edits.yaml_tree import child, composed, index, value_of
from platform_cli.project.entry_place import Item
from platform_cli.project.files.tree import list_below
from platform_cli.project.made_path import made_path
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Node

READ = (".sql", ".yml", ".yaml", ".py", ".md")
_WORD = re.compile(r"\w+")
_NOT_OURS = ("target", "dbt_packages", "logs")
_BY_NAME = ("dbt_project.yml", "selectors.yml", "platform.yml", "waivers.yml", ".dbtignore")
"""Files that may mean a model by its name alone, where it is no call and no entry."""


def rename_model(
    project: Project, model: Model, name: str, *, keep_table: bool = True, by_name: bool = False
) -> list[Edit]:
    """The edits after which the model is called `name`.

    The relation keeps its name, by an `alias` where none was set: dashboards that read it go on.
    An ephemeral model has no relation, and gets none. Without `keep_table` it is called as dbt
    would call it. With `by_name` settings that name the model are edited too, where it is certain,
    and who calls it as only dbt can tell is for the caller to ask.

    Raises RefusedError when the model has versions, the name is taken, some call cannot be told
    before dbt runs, or settings name the model.
    """
    _refuse(project, model, name, unclear_too=not by_name)
    texts = texts_of(project).with_word(model.name)
    edits: list[Edit] = []
    if by_name:
        edits += in_settings({path: texts[path] for path in _BY_NAME if path in texts}, model, name)
    else:
        _refuse_settings(texts, model.name)
    for path, text in texts.items():
        edits += _calls(path, text, model, name)
        if by_name:
            edits += _docs(path, text, model.name, name, texts)
    if model.properties_path:
        path = model.properties_path
        edits.append(_in_entry(path, texts.get(path, ""), model.name, name))
    edits += _unit_tests(texts, model.name, name)
    alias = ("models", Item(name), "config", "alias")
    home = _home(project, model, name)
    if by_name and model.alias == name and _has_alias(project, model):
        # It would be called so without an alias: renamed back, nothing is left over.
        edits.append(Remove(home, alias))
    elif (
        keep_table
        and model.config.get("materialized") != "ephemeral"
        and model.alias in (None, model.name)
    ):
        edits.append(SetKey(home, alias, model.name))
    edits.append(MoveFile(model.path, _renamed(model.path, name)))
    if model.properties_path and splitext(basename(model.properties_path))[0] == model.name:
        edits.append(MoveFile(model.properties_path, _renamed(model.properties_path, name)))
    if (project.root / made_path(model.name)).is_file():
        edits.append(MoveFile(made_path(model.name), made_path(name)))
    return edits


def _refuse(project: Project, model: Model, name: str, *, unclear_too: bool) -> None:
    if model.version is not None:
        raise RefusedError("a model with versions is renamed by hand")
    if splitext(basename(model.path))[0] != model.name:
        raise RefusedError(f"its file {model.path} is not named like it")
    taken, unclear = _names(project)
    if name in taken:
        raise RefusedError(f"there is a {name} already")
    if unclear and unclear_too:
        raise RefusedError(f"{unclear} may read it: what it reads is known to dbt alone")


def _refuse_settings(texts: Mapping[str, str], name: str) -> None:
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for path in _BY_NAME:
        for number, line in enumerate(texts.get(path, "").splitlines(), 1):
            if word.search(line.partition("#")[0]):
                raise RefusedError(f"{path}:{number} names it too: rename it by hand")


@lru_cache(maxsize=1)
def _names(project: Project) -> tuple[set[str], str]:
    """The names of nodes, and the first one of which nobody knows what it reads, with its place."""
    every = (*project.resources.values(), *project.disabled.values())
    taken = {one.name for one in project.resources.values() if isinstance(one, Node)}
    taken |= {one.name for one in project.disabled.values()}
    unclear = (
        f"{one.name} ({Where(unknown.path or one.path, unknown.line or None)})"
        for one in every
        if (unknown := one.undecided.get("references")) and one.package_name == project.name
    )
    return taken, next(unclear, "")


class Texts:
    """The project's own texts; asked by their words, for a thousand renames read them all."""

    def __init__(self, project: Project) -> None:
        self._texts: dict[str, str] = {}
        self._paths: dict[str, list[str]] = defaultdict(list)
        below = [path for path in sorted(list_below(str(project.root))) if path.endswith(READ)]
        ours = [path for path in below if path.split("/", 1)[0] not in _NOT_OURS]
        shown = [path for path in ours if not path.startswith(".")]
        for path in (*shown, ".dbtignore"):
            try:
                text = (project.root / path).read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            self._texts[path] = text
            for word in set(_WORD.findall(text)):
                self._paths[word].append(path)

    def with_word(self, name: str) -> dict[str, str]:
        """The texts that have the first word of this name."""
        word = _WORD.search(name)
        return {path: self._texts[path] for path in self._paths[word[0] if word else ""]}


@lru_cache(maxsize=1)
def texts_of(project: Project) -> Texts:
    return Texts(project)


def _calls(path: str, text: str, model: Model, name: str) -> Iterator[Edit]:
    """`ref('name')` and `ref('package', 'name')`, wherever somebody wrote it."""
    if model.name not in text:
        return
    quote = r"""(?:\\?["'])"""
    package = rf"(?:{quote}{re.escape(model.package_name)}{quote}\s*,\s*)?"
    call = re.compile(
        rf"\bref\s*\(\s*{package}{quote}(?P<name>{re.escape(model.name)}){quote}\s*[,)]"
    )
    for found in call.finditer(text):
        after = text[found.end("name") :].lstrip("\\\"'").lstrip()
        # `ref('shop', 'flights')` of a package that is called like the model.
        if after.startswith(",") and re.match(rf",\s*{quote}", after):
            continue
        yield ReplaceText(path, found.start("name"), model.name, name)


def _docs(
    path: str, text: str, old: str, new: str, texts: Mapping[str, str]
) -> Iterator[ReplaceText]:
    """A docs block that is called like the model, and who shows it."""
    block = re.compile(rf"{{%-?\s*docs\s+(?P<name>{re.escape(old)})\s*-?%}}")
    if not any(block.search(one) for place, one in texts.items() if place.endswith(".md")):
        return
    quote = r"""(?:\\?["'])"""
    call = re.compile(
        rf"\bdoc\s*\(\s*(?:{quote}\w+{quote}\s*,\s*)?{quote}(?P<name>{re.escape(old)}){quote}\s*\)"
    )
    for found in (*call.finditer(text), *(block.finditer(text) if path.endswith(".md") else ())):
        yield ReplaceText(path, found.start("name"), old, new)


def _has_alias(project: Project, model: Model) -> bool:
    """Whether the entry in YAML says the alias that the model has."""
    path = model.properties_path
    way = ("models", Item(model.name), "config", "alias")
    return bool(path) and written(project, path or "", way) == model.alias


def _in_entry(path: str, text: str, old: str, new: str) -> ReplaceText:
    """The `name:` of the model's entry."""
    top = composed(text)
    number = child(top, "models") if top else None
    models = value_of(top, number) if top and number is not None else None
    at = child(models, Item(old)) if models else None
    if models is None or at is None:
        raise RefusedError(f"its entry in {path} is not found")
    entry = value_of(models, at)
    word = value_of(entry, child(entry, "name") or 0)
    return _word(path, text, word, old, new)


def _unit_tests(texts: Mapping[str, str], old: str, new: str) -> Iterator[Edit]:
    """`model:` of unit tests and the like says a bare name."""
    for path, text in texts.items():
        if not path.endswith((".yml", ".yaml")) or "unit_tests:" not in text or old not in text:
            continue
        top = composed(text)
        number = child(top, "unit_tests") if top else None
        tests = value_of(top, number) if top and number is not None else None
        for test in tests.value if isinstance(tests, yaml.SequenceNode) else ():
            place = child(test, "model")
            word = value_of(test, place) if place is not None else None
            if word is not None and word.value == old:
                yield _word(path, text, word, old, new)


def _word(path: str, text: str, word: yaml.Node, old: str, new: str) -> ReplaceText:
    start = text.find(old, index(word), word.end_mark.index)
    if start < 0:
        raise RefusedError(f"its name in {path} is written in an unusual way")
    return ReplaceText(path, start, old, new)


def _home(project: Project, model: Model, name: str) -> str:
    """The properties file, under the name that it has when the file is moved afterwards."""
    home = properties_home(project, model)
    if not model.properties_path and splitext(basename(home))[0] == model.name:
        return _renamed(home, name)
    return home


def _renamed(path: str, name: str) -> str:
    folder, _, file = path.rpartition("/")
    return f"{folder}/{name}{splitext(file)[1]}" if folder else f"{name}{splitext(file)[1]}"
