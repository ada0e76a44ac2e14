"""What dbt records when it parses a SQL file: refs, sources and its config.

Each tier is exact or hands on: a pattern for the simplest files, dbt's own Rust extractor, the
file's pieces (walked, or rendered, each by itself), the syntax tree of the whole file, and
rendering it as dbt does while parsing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from platform_cli.project.jinja.config_calls import merge_config_call
from platform_cli.project.jinja.simple_sql import read_simple
from platform_cli.project.jinja.undefined_call import UndefinedCall
from platform_cli.project.resources import Reference, Undecided

if TYPE_CHECKING:
    from jinja2 import nodes

    from platform_cli.project.jinja.names_at_parse import NamesAtParse
    from platform_cli.project.jinja.scope import Scope

_JINJA = re.compile(r"\{[{%#]")
_RECORDING = re.compile(r"\b(ref|source|config|metric|function)\b")
_VAR_OF_EXPRESSION = re.compile(r"\bvar\s*\(\s*[^'\"\s]")
_CALL = re.compile(
    r"\b(?P<kind>ref|source)\s*\(\s*"
    r"(?P<first>'[^'\n]*'|\"[^\"\n]*\")(?:\s*,\s*(?P<second>'[^'\n]*'|\"[^\"\n]*\"))?"
)


class SqlFacts(Struct, frozen=True):
    """What the file says. `references` in dbt's order, unresolved; `config` as the calls add up.

    `undecided` has the keys "references" (there may be others), "config" (all of it) and
    "config.<key>" (that value). `undefined` are calls at which dbt will stop when it compiles.
    """

    references: tuple[Reference, ...] = ()
    config: dict[str, Any] = {}
    undecided: dict[str, Undecided] = {}
    is_incremental: bool = False
    tier: str = "plain"
    undefined: tuple[UndefinedCall, ...] = ()


def read_sql(
    text: str, path: str, scope: Scope, node: Any = None, *, model: bool = True
) -> SqlFacts:
    """The facts of one file, block or hook.

    `path` is relative to the project's root and used for messages. `node` has the attributes
    that Jinja may ask for (`name`, `resource_type`, ...); by default the name is the file's.
    `model` is False for what dbt always renders: tests, snapshots, analyses, hooks.
    Raises BrokenJinja where dbt itself would stop.
    """
    incremental = "is_incremental" in text
    if not _JINJA.search(text):
        return SqlFacts()
    overridden = bool(
        {"ref", "source", "config"} & scope.macros.packages[scope.root].keys()
    ) or bool({"ref", "source", "config"} & scope.macros.packages.get(scope.package, {}).keys())
    if model and not overridden and (simple := read_simple(text)) is not None:
        return SqlFacts(tuple(simple[0]), simple[1], {}, incremental, "simple")
    # The extractor knows no tags: it would only take its time to say so.
    if model and not overridden and "{%" not in text and (facts := _extract(text)) is not None:
        return SqlFacts(_placed(facts[0], text), facts[1], {}, incremental, "extractor")

    through_var = _may_record_through_var(text, scope)
    if (found := _piecewise(text, path, scope, node, static=not through_var)) is not None:
        return replace(found, is_incremental=incremental)

    from platform_cli.project.jinja.dialect import parse
    from platform_cli.project.jinja.static_walk import walk
    from platform_cli.project.jinja.undefined_calls import undefined_calls

    tree = None
    if not through_var:
        tree = parse(text)
        if (walked := walk(tree, scope.macros, scope.package)) is not None:
            undefined = undefined_calls(tree, text, scope)
            references = _placed(walked[0], text)
            return SqlFacts(references, walked[1], {}, incremental, "tree", undefined)
    rendered = _render(text, path, scope, node, tree)
    undefined = undefined_calls(tree or parse(text), text, scope)
    return replace(rendered, is_incremental=incremental, undefined=undefined)


def _piecewise(text: str, path: str, scope: Scope, node: Any, *, static: bool) -> SqlFacts | None:
    """The facts from the pieces of the text, without rendering them when they may be `static`."""
    from platform_cli.project.jinja.pieces import take_apart
    from platform_cli.project.jinja.rendered_pieces import render_pieces
    from platform_cli.project.jinja.static_pieces import fold

    pieces = take_apart(text)
    if pieces is None:
        return None
    if static and (folded := fold(pieces, text, scope)) is not None:
        references, config = folded
        whole = all(reference.column for reference in references)
        return SqlFacts(
            tuple(references) if whole else _placed(references, text), config, tier="pieces"
        )
    record = _started(path, scope, node)
    if render_pieces(pieces, text, record, scope):
        return _recorded(record, text, path, {})
    return None


def _may_record_through_var(text: str, scope: Scope) -> bool:
    """Whether `var()` may give text with a ref or source in it: dbt renders such text there."""
    names: set[str] | None = scope.keep.get("recording vars")
    if names is None:
        names = scope.keep["recording vars"] = {
            name
            for name, value in scope.vars.items()
            if isinstance(value, str) and _JINJA.search(value) and _RECORDING.search(value)
        }
        spread = (scope.macros.internal, *scope.macros.packages.values())
        in_macros = any(
            name in macro.sql for name in names for space in spread for macro in space.values()
        )
        scope.keep["recording vars in macros"] = in_macros
    if not names:
        return False
    if scope.keep["recording vars in macros"] or _VAR_OF_EXPRESSION.search(text):
        return True
    return any(name in text for name in names)


def _extract(text: str) -> tuple[list[Reference], dict[str, Any]] | None:
    from dbt_extractor import ExtractionError, py_extract_from_source

    try:
        found = py_extract_from_source(text)
    except ExtractionError:
        return None
    references = [
        Reference(
            "ref",
            (ref["package"], ref["name"]) if ref.get("package") else (ref["name"],),
            ref.get("version"),
        )
        for ref in found["refs"]
    ]
    references += [Reference("source", tuple(args)) for args in sorted(found["sources"])]
    config: dict[str, Any] = {}
    for key, value in found["configs"]:
        merge_config_call(config, {key: value})
    return references, config


def _started(path: str, scope: Scope, node: Any) -> NamesAtParse:
    """The scope's record, emptied for a file."""
    from platform_cli.project.jinja.names_at_parse import NamesAtParse

    record: NamesAtParse | None = scope.keep.get("parse")
    if record is None:
        record = scope.keep["parse"] = NamesAtParse(scope)
    record.start(node or SimpleNamespace(name=PurePosixPath(path).stem))
    return record


def _render(text: str, path: str, scope: Scope, node: Any, tree: nodes.Template | None) -> SqlFacts:
    from platform_cli.project.jinja.dialect import BrokenJinja, Unknown

    record = _started(path, scope, node)
    undecided: dict[str, Undecided] = {}
    try:
        record.render(text, tree)
    except Unknown as unknown:
        why = Undecided(unknown.reason, path, unknown.line)
        undecided = {"references": why, "config": why}
    except BrokenJinja as broken:
        if broken.certain:
            raise
        why = Undecided(f"dbt may fail to render it: {broken.message}", path, broken.line)
        undecided = {"references": why, "config": why}
    return _recorded(record, text, path, undecided)


def _recorded(
    record: NamesAtParse, text: str, path: str, undecided: dict[str, Undecided]
) -> SqlFacts:
    from platform_cli.project.jinja.names_at_parse import plain

    config = {}
    for key, value in record.config.items():
        if plain(value) and not _guessed(str(value)):
            config[key] = value
        else:
            undecided[f"config.{key}"] = Undecided("its value is no plain value", path)
    if any(_guessed(arg) for reference in record.references for arg in reference.args):
        undecided["references"] = Undecided("a name depends on the target or the run", path)
    return SqlFacts(_placed(record.references, text), config, undecided, tier="rendered")


def _guessed(text: str) -> bool:
    """True for text with a stand-in for something that only a run of dbt has."""
    from platform_cli.project.jinja.names import INVOCATION_ID
    from platform_cli.project.jinja.relation import UNKNOWN_TEXT

    return UNKNOWN_TEXT in text or INVOCATION_ID in text


def _placed(references: list[Reference], text: str) -> tuple[Reference, ...]:
    """The references with line and column: where the text has a call with the same arguments."""
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    line, line_start, position = 1, 0, 0
    for call in _CALL.finditer(text):
        line += text.count("\n", position, call.start())
        line_start = text.rfind("\n", 0, call.start()) + 1
        position = call.start()
        args = [call["first"][1:-1]] + ([call["second"][1:-1]] if call["second"] else [])
        places.setdefault((call["kind"], *args), []).append((line, position - line_start + 1))
    placed = []
    for reference in references:
        known = places.get((reference.kind, *reference.args), [])
        if reference.line:
            here = next((place for place in known if place[0] >= reference.line), None)
            column = here[1] if here and here[0] == reference.line else 0
            place = (reference.line, column)
        else:
            place = known[0] if known else (0, 0)
        if place in known and len(known) > 1:
            known.remove(place)
        placed.append(
            Reference(
                reference.kind,
                reference.args,
                reference.version,
                reference.unique_id,
                *place,
            )
        )
    return tuple(placed)


@lru_cache(maxsize=4096)
def read_expression(text: str) -> Reference | None:
    """The reference in `ref('x', v=1)` or `source('a', 'b')`; None when it is something else."""
    whole = f"{{{{ {text} }}}}"
    if (simple := read_simple(whole)) is not None:
        return next((Reference(one.kind, one.args) for one in simple[0]), None)
    found = _extract(whole)
    return found[0][0] if found and found[0] else None
