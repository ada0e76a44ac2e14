"""Generic data tests: from an entry under `data_tests:` to a node."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from platform_cli.project.files.tree import InputFile
from platform_cli.project.files.yaml_values import KeyPath, has_jinja, plain_text
from platform_cli.project.reading.configs import spelled
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.state import State
from platform_cli.project.reading.test_names import id_hash, synthetic_names
from platform_cli.project.resources import Reference, Undecided

if TYPE_CHECKING:
    from platform_cli.project.reading.facts import Facts
    from platform_cli.project.reading.resolve import Refs

_CONFIG_ARGUMENTS = (
    "severity",
    "tags",
    "enabled",
    "where",
    "limit",
    "warn_if",
    "error_if",
    "fail_calc",
    "store_failures",
    "store_failures_as",
    "meta",
    "database",
    "schema",
    "alias",
)
_CONFIG_KEYS = frozenset({*_CONFIG_ARGUMENTS, "config"})
_NAME = re.compile(
    r"((?P<namespace>([a-zA-Z_][0-9a-zA-Z_]*))\.)?(?P<name>([a-zA-Z_][0-9a-zA-Z_]*))"
)


class WrongTest(Exception):  # noqa: N818  (an entry that dbt refuses)
    """Why dbt refuses a test's entry."""


class Subject(NamedTuple):
    """What a test is attached to: a node, a version of a model, or a source's table."""

    file: InputFile
    render: Callable[[str, KeyPath], Any]
    name: str
    """The node's name; `source_table` for a source."""
    reference: Reference
    version: Any = None

    @property
    def is_source(self) -> bool:
        return self.reference.kind == "source"

    @property
    def model_argument(self) -> str:
        args = self.reference.args
        if self.is_source:
            call = f"source('{args[0]}', '{args[1]}')"
        elif self.version:
            call = f"ref('{self.name}', version='{self.version}')"
        else:
            call = f"ref('{self.name}')"
        return f"{{{{ get_where_subquery({call}) }}}}"


class Definition(NamedTuple):
    """A test's entry, taken apart."""

    name: str
    namespace: str | None
    arguments: dict[str, Any]
    config: dict[str, Any]
    description: str
    full_name: str
    short_name: str


class GenericTests:
    """Adds the tests of properties files to the state."""

    def __init__(self, state: State, facts: Facts) -> None:
        self._state = state
        self._facts = facts
        self._arguments_key = state.root.flag("require_generic_test_arguments_property", True)
        self._plain: dict[tuple[str, str], bool] = {}
        self._folders: dict[str, list[str]] = {}

    def add(
        self,
        subject: Subject,
        entry: Any,
        column: dict[str, Any] | None,
        refs: Refs | None,
        *,
        tags: list[str],
        quoted: bool = False,
    ) -> None:
        """Add one test of a column (or, without one, of the whole thing)."""
        column_name = None
        if column is not None:
            column_name = column.get("name")
            quote = column.get("quote")
            if quote or (quote is None and quoted):
                column_name = f'"{column_name}"'
        definition = define(subject, entry, column_name, arguments_key=self._arguments_key)
        draft = self._draft(subject, definition, column_name, tags)
        self._read(subject, definition, draft)
        self._state.configure(draft, subject.file.package)
        if refs is not None:
            self._attach(draft, subject, refs)
        self._state.add(draft)

    def _draft(
        self, subject: Subject, test: Definition, column_name: str | None, tags: list[str]
    ) -> Draft:
        package = subject.file.package
        suffix = id_hash(test.full_name, test.name, test.namespace, test.arguments)
        folders = self._folders.get(subject.file.original)
        if folders is None:
            # dbt takes the first folder of the path off, whatever model-paths says
            folders = os.path.normpath(subject.file.original).split("/")[1:-1]
            self._folders[subject.file.original] = folders
        draft = Draft(
            "test",
            f"test.{package}.{test.full_name}.{suffix}",
            test.full_name,
            package,
            subject.file.path,
            subject.file.original,
            f"{test.short_name}.sql",
            [package, *folders, test.full_name],
        )
        draft.tags = sorted({*tags, *_tags(test.config.get("tags"))})
        draft.description = test.description
        draft.column_name = column_name
        draft.properties_path = subject.file.path
        draft.extra = {
            "test_name": test.name,
            "namespace": test.namespace,
            "arguments": test.arguments,
        }
        return draft

    def _read(self, subject: Subject, test: Definition, draft: Draft) -> None:
        package = subject.file.package
        draft.call = test.config
        if self._is_plain(package, test.name):
            draft.references = [subject.reference]
            return
        read = self._facts.of_test(
            test.name, test.namespace, test.arguments, subject.file.path, package
        )
        draft.references = list(read.references)
        for key, undecided in read.undecided.items():
            draft.undecided[key] = undecided
        # dbt renders `{{ test(...) }}{{ config(...) }}` with the entry's config in both places
        if test.config:
            draft.call = merge_calls(merge_calls(test.config, read.config), test.config)
        else:
            draft.call = dict(read.config)

    def _is_plain(self, package: str, name: str) -> bool:
        """not_null and unique of dbt itself are not rendered while parsing."""
        if name not in {"not_null", "unique"}:
            return False
        known = self._plain.get((package, name))
        if known is None:
            macros = self._state.scopes[package].macros
            macro = macros.in_package(package, None, f"test_{name}")
            known = self._plain[(package, name)] = macro is not None and macro.package == "dbt"
        return known

    def _attach(self, draft: Draft, subject: Subject, refs: Refs) -> None:
        package = subject.file.package
        ids = refs.unique_ids(subject.name, package, subject.version)
        if ids:
            node = self._state.nodes[ids[0]]
        else:
            hidden = refs.disabled(subject.name, None) or refs.disabled(subject.name.upper(), None)
            if not hidden:
                return
            node = hidden[0]
        draft.attached_node = node.unique_id
        draft.group = node.group


def define(  # noqa: C901
    subject: Subject, entry: Any, column_name: str | None, *, arguments_key: bool
) -> Definition:
    """Take an entry apart as dbt does.

    Raises:
        WrongTest: dbt refuses the entry.
    """
    name, given = _name_and_arguments(entry)
    arguments = dict(given)
    if isinstance(arguments.get("config"), dict):
        arguments["config"] = dict(arguments["config"])
    if column_name is not None:
        arguments["column_name"] = column_name
    if arguments_key:
        nested = arguments.pop("arguments", {})
        if isinstance(nested, dict):
            arguments.update(nested)
    if "model" in arguments:
        raise WrongTest("a test cannot have an argument named `model`")
    arguments["model"] = subject.model_argument
    match = _NAME.match(name)
    if match is None:
        raise WrongTest(f"{name!r} is not a test's name")
    config = _config(arguments, subject)
    description = arguments.pop("description", "")
    if "name" in arguments:
        own = arguments.pop("name")
        return Definition(
            match["name"], match["namespace"], arguments, config, description, own, own
        )
    kind = match["name"]
    if subject.is_source:
        kind = f"source_{kind}"
    if match["namespace"]:
        kind = f"{match['namespace']}_{kind}"
    target = f"{subject.name}_v{subject.version}" if subject.version else subject.name
    short, full = synthetic_names(kind, target, arguments)
    if short != full and "alias" not in config:
        config["alias"] = short
    return Definition(
        match["name"], match["namespace"], arguments, config, description, full, short
    )


def _name_and_arguments(entry: Any) -> tuple[str, dict[str, Any]]:
    if isinstance(entry, str):
        return entry, {}
    if not isinstance(entry, dict):
        raise WrongTest(f"a test is a name or a mapping, not {entry!r}")
    if "test_name" in entry:
        name = entry["test_name"]
        arguments: Any = {key: value for key, value in entry.items() if key != "test_name"}
    elif len(entry) == 1:
        name, arguments = next(iter(entry.items()))
    else:
        raise WrongTest(
            f"a test's entry has one key, its name; this one has {', '.join(map(str, entry))} "
            "(is everything below the name indented?)"
        )
    if not isinstance(name, str):
        raise WrongTest(f"a test's name is text, not {name!r}")
    if not isinstance(arguments, dict):
        raise WrongTest(f"the arguments of {name!r} are a mapping, not {arguments!r}")
    return name, arguments


def _config(arguments: dict[str, Any], subject: Subject) -> dict[str, Any]:
    """Take the config out of the arguments, from beside them and from under `config:`."""
    if _CONFIG_KEYS.isdisjoint(arguments):
        return {}
    nested = arguments.get("config")
    nested = nested if isinstance(nested, dict) else None
    config = {}
    for key in _CONFIG_ARGUMENTS:
        value = arguments.pop(key, None)
        if nested is not None:
            if value and key in nested:
                raise WrongTest(f"`{key}` is given twice, beside `config` and in it")
            # dbt drops a false or empty value here when there is also a `config`
            value = value or nested.pop(key, None)
        config[key] = value
    if nested is not None:
        config.update(nested)
    arguments.pop("config", None)
    result = {}
    for key, value in config.items():
        if isinstance(value, str):
            value = subject.render(value, (key,)) if has_jinja(value) else plain_text(value)
        if value is not None:
            result[key] = value
    return result


def _tags(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [tag for tag in value if isinstance(tag, str)] if isinstance(value, list) else []


_APPENDED = frozenset({"pre-hook", "post-hook", "tags", "packages"})
_UPDATED = frozenset({"quoting", "column_types", "meta", "docs", "contract"})


def merge_calls(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Two `config()` calls as one: the later wins, tags are put together, meta is merged."""
    if not first:
        return dict(second)
    result = dict(first)
    for key, value in spelled(second).items():
        old = result.get(key)
        if isinstance(value, Undecided) or isinstance(old, Undecided):
            result[key] = value
        elif key in _APPENDED:
            new = value if isinstance(value, list) else [value]
            if key in result:
                new = (old if isinstance(old, list) else [old]) + new
            result[key] = new
        elif key in _UPDATED and isinstance(old, dict) and isinstance(value, dict):
            result[key] = {**old, **value}
        else:
            result[key] = value
    return result


def entry_tests(entry: dict[str, Any]) -> list[Any]:
    """The tests of a node, version, table or column; `tests` is the older spelling."""
    return entry.get("tests") or entry.get("data_tests") or []
