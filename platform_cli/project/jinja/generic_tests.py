"""What dbt records when it parses a generic test: the refs in its arguments and its macro."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_value
from platform_cli.project.jinja.sql import SqlFacts, read_expression
from platform_cli.project.resources import Reference, Undecided

if TYPE_CHECKING:
    from platform_cli.project.jinja.scope import Scope

_FUNCTION = re.compile(r"\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$")
_MODEL = re.compile(r"\{\{ get_where_subquery\((?P<call>(?:ref|source)\(.*\))\) \}\}")
ARGUMENTS = "_dbt_generic_test_kwargs"
_JINJA = re.compile(r"\{[{%#]")


def read_test(
    name: str, namespace: str | None, kwargs: dict[str, Any], path: str, scope: Scope
) -> SqlFacts:
    """The facts of one generic test.

    `name` is the test's (`unique`, not `test_unique`), `kwargs` its arguments as dbt keeps them
    in `test_metadata`, with `model` as `{{ get_where_subquery(ref('x')) }}`. References come in
    dbt's order: the arguments', then those in the macro's body. The config of a `config()` call
    in the macro is in `config`; the test's own config in YAML is the caller's business.
    """
    macros = scope.macros
    macro = macros.in_package(scope.package, namespace, f"test_{name}")
    if macro is None:
        why = Undecided(f"there is no generic test named '{name}'", path)
        return SqlFacts(undecided={"references": why})
    references: list[Reference] = []
    texts = dict(_texts(kwargs))
    plain = True
    for keys, text in texts.items():
        if keys == ("column_name",):
            continue
        whole = _MODEL.fullmatch(text)
        call = whole["call"] if whole else text if _FUNCTION.match(text) else None
        if call is not None and (reference := read_expression(call)) is not None:
            references.append(reference)
        elif call is not None or _JINJA.search(text):
            plain = False
            break
    if plain and macros.quiet(macro) and _default_subquery(scope):
        return SqlFacts(tuple(references), tier="test")
    return _render(macro.name, namespace, kwargs, path, scope)


def test_call(macro: str, namespace: str | None) -> str:
    """The Jinja that dbt makes of a generic test, without its config."""
    return f"{{{{ {f'{namespace}.{macro}' if namespace else macro}(**{ARGUMENTS}) }}}}"


def _default_subquery(scope: Scope) -> bool:
    found = scope.macros.visible(scope.package).get("get_where_subquery")
    return getattr(found, "package", None) == "dbt"


def _texts(value: Any, keys: tuple[Any, ...] = ()) -> Any:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*keys, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*keys, index))
    elif isinstance(value, str):
        yield keys, value


def render_arguments(
    value: Any, names: dict[str, Any], *, silent: bool, keys: tuple[Any, ...] = ()
) -> Any:
    """A test's arguments as its macro gets them; the column's name stays text."""
    if isinstance(value, dict):
        return {
            key: render_arguments(inner, names, silent=silent, keys=(*keys, str(key)))
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [
            render_arguments(inner, names, silent=silent, keys=(*keys, index))
            for index, inner in enumerate(value)
        ]
    if isinstance(value, str) and keys != ("column_name",):
        text = f"{{{{ {value} }}}}" if _FUNCTION.match(value) else value
        return render_value(text, names, silent=silent)
    return value


def _render(
    macro: str,
    namespace: str | None,
    kwargs: dict[str, Any],
    path: str,
    scope: Scope,
) -> SqlFacts:
    from platform_cli.project.jinja.names_at_parse import NamesAtParse, plain

    record = scope.keep.get("parse")
    if record is None:
        record = scope.keep["parse"] = NamesAtParse(scope)
    record.start(SimpleNamespace(name=macro, resource_type="test", package_name=scope.package))
    undecided: dict[str, Undecided] = {}
    try:
        rendered = render_arguments(kwargs, record.names, silent=True)
        dict.__setitem__(record.names, ARGUMENTS, rendered)
        record.render(test_call(macro, namespace))
    except (Unknown, BrokenJinja) as error:
        if isinstance(error, BrokenJinja) and error.certain:
            raise
        reason = error.reason if isinstance(error, Unknown) else error.message
        undecided["references"] = undecided["config"] = Undecided(reason, path)
    finally:
        dict.pop(record.names, ARGUMENTS, None)
    config = {key: value for key, value in record.config.items() if plain(value)}
    for key in record.config.keys() - config.keys():
        undecided[f"config.{key}"] = Undecided("its value is no plain value", path)
    references = tuple(
        Reference(found.kind, found.args, found.version) for found in record.references
    )
    return SqlFacts(references, config, undecided, tier="rendered")
