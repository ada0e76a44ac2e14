"""The files of a new macro: its SQL, the YAML beside it, and a unit test on a wrapper model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from platform_cli.errors import PlatformError
from platform_cli.project.identifiers import snake_case
from platform_cli.scaffold.plan import NewFile

TYPES = ("string", "boolean", "integer", "float", "any", "relation", "column")
_OPTIONAL = re.compile(r"(optional|list|dict)\[[a-z\[\], ]+\]")

_SQL = """\
{#- TODO: why it is written so, where that cannot be seen. -#}
{% macro [[name]]([[arguments]]) -%}
    [[body]]
{%- endmacro %}
"""
_YAML = """\
macros:
  - name: [[name]]
    description: "TODO: what it gives, for what, and what becomes of NULL."
    arguments:
[[described]]"""
_ARGUMENT = """\
      - name: [[argument]]
        type: [[type]]
        description: "TODO: what to give; an SQL expression, if it is one."
"""
_WRAPPER = """\
{{ config(materialized='ephemeral') }}

select
    [[given]],
    {{ [[call]]([[quoted]]) }} as result
from (values ([[ones]]), ([[nulls]])) as rows_given ([[given_names]])
"""
_WRAPPER_YAML = """\
models:
  - name: [[wrapper]]
    description: Calls the macro [[name]] for its unit test; it is never built.
[[config]]
unit_tests:
  - name: [[name]]__TODO_says_what_it_does
    description: "TODO: rows that show what it does, its limits among them."
    model: [[wrapper]]
    given: []
    expect:
      rows:
        - {[[one_row]], result: 1}
        - {[[null_row]], result: null}
"""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a macro, with dbt's word for its type."""

    name: str
    type: str = "string"


@dataclass(frozen=True, slots=True)
class NewMacro:
    """What it is called, where it and its wrapper go, and whose the wrapper is.

    `package` is that of a macro which other projects call.
    """

    name: str
    arguments: tuple[Argument, ...]
    folder: str
    tests: str
    package: str = ""
    owner: str | None = None


def arguments_of(words: Sequence[str]) -> tuple[Argument, ...]:
    """The arguments that `NAME` and `NAME:TYPE` mean; one called `value` when none is given.

    Raises PlatformError for a name that is none, a type that dbt does not know, and a name twice.
    """
    found: dict[str, Argument] = {}
    for word in words or ("value",):
        name, _, type_ = word.partition(":")
        if not re.fullmatch(r"[a-z_][a-z0-9_]*", name) or name in _RESERVED:
            raise PlatformError(
                f"--argument {word!r}: {name!r} is no name for an argument",
                hint="small letters, digits and _, and no word of Jinja or Python",
            )
        if type_ and type_ not in TYPES and not _OPTIONAL.fullmatch(type_):
            raise PlatformError(
                f"--argument {word!r}: dbt knows no type {type_!r}",
                hint=f"there are {', '.join(TYPES)}, optional[...], list[...], dict[..., ...]",
            )
        if name in found:
            raise PlatformError(f"--argument {name!r} is there twice", hint="give each once")
        found[name] = Argument(name, type_ or "string")
    return tuple(found.values())


def check_macro_name(name: str) -> None:
    """Raise PlatformError, with one that is, for a name that is none."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in _RESERVED:
        plain = snake_case(name)
        better = f"{plain}_value" if plain in _RESERVED or plain.startswith("_") else plain
        raise PlatformError(
            f"{name!r} is no name for a macro: small letters, digits and _, no word of Jinja",
            hint=f"for example {better.lstrip('_')}",
        )


_RESERVED = frozenset(
    """
    and as block break by call caller context continue do else elif endif endmacro extends false
    filter for from if import in include is loop macro materialization model namespace none not or
    raw recursive self set snapshot test true varargs kwargs with without
    adapter api builtins column config database dbt_version doc env_var exceptions execute flags
    fromjson fromyaml graph invocation_id load_result local_md5 log metric modules name node print
    project_name ref render return run_query run_started_at schema selected_resources source sql
    statement store_result target this thread_id tojson toyaml var
    """.split()  # noqa: SIM905
)


def macro_files(macro: NewMacro) -> tuple[NewFile, ...]:
    """The macro and its YAML; where tests go, the wrapper model and the unit test of it.

    As it is written the macro hands its argument on, and the test passes.
    """
    names = [one.name for one in macro.arguments]
    given = [f"given_{one}" for one in names]
    expressions = ["{{ " + one + " }}" for one in names]
    body = f"coalesce({', '.join(expressions)})" if len(names) > 1 else f"({expressions[0]})"
    wrapper = f"{macro.name}__wrapper"
    config = f"    config: {{group: {macro.owner}}}\n" if macro.owner else ""
    words = {
        "name": macro.name,
        "arguments": ", ".join(names),
        "body": body,
        "described": "".join(
            _filled(_ARGUMENT, {"argument": one.name, "type": one.type}) for one in macro.arguments
        ),
        "given": ",\n    ".join(given),
        "call": f"{macro.package}.{macro.name}" if macro.package else macro.name,
        "quoted": ", ".join(f"'{one}'" for one in given),
        "ones": ", ".join("1" for _ in given),
        "nulls": ", ".join("null" for _ in given),
        "given_names": ", ".join(given),
        "wrapper": wrapper,
        "config": config,
        "one_row": ", ".join(f"{one}: 1" for one in given),
        "null_row": ", ".join(f"{one}: null" for one in given),
    }
    files = [
        NewFile(f"{macro.folder}/{macro.name}.sql", _filled(_SQL, words)),
        NewFile(f"{macro.folder}/{macro.name}.yml", _filled(_YAML, words)),
    ]
    if macro.tests:
        files += [
            NewFile(f"{macro.tests}/{wrapper}.sql", _filled(_WRAPPER, words)),
            NewFile(f"{macro.tests}/{wrapper}.yml", _filled(_WRAPPER_YAML, words)),
        ]
    return tuple(files)


def _filled(template: str, words: dict[str, str]) -> str:
    return re.sub(r"\[\[(\w+)\]\]", lambda found: words[found[1]], template)
