"""What dbt records when it parses a Python model: literal `dbt.ref`, `dbt.source`, `dbt.config`."""

from __future__ import annotations

import ast
from typing import Any

from platform_cli.project.jinja.config_calls import merge_config_call
from platform_cli.project.jinja.dialect import BrokenJinja
from platform_cli.project.jinja.sql import SqlFacts
from platform_cli.project.resources import Reference

_FUNCTIONS = {"dbt.ref", "dbt.source", "dbt.config", "dbt.config.get", "dbt.config.meta_get"}


def read_python(text: str, path: str) -> SqlFacts:
    """The facts of a Python model. BrokenJinja for what dbt refuses: bad syntax, no literals."""
    try:
        tree = ast.parse(text, filename=path)
    except SyntaxError as error:
        raise BrokenJinja(error.msg, error.lineno or 0, certain=True) from error
    except (RecursionError, MemoryError) as error:
        raise BrokenJinja("it is nested too deeply", 1) from error
    if not tree.body:
        return SqlFacts()
    calls = _Calls()
    calls.visit(tree)
    return _facts(calls)


def _facts(calls: _Calls) -> SqlFacts:
    references: list[Reference] = []
    config: dict[str, Any] = {}
    asked: dict[str, list[Any]] = {"get": [], "meta_get": []}
    defaults: dict[str, list[Any]] = {"get": [], "meta_get": []}
    for node, function, args, options in calls.found:
        if function in asked:
            if not args or len(args) > 2:  # noqa: PLR2004
                raise BrokenJinja(
                    f"dbt.config.{function}() takes a key and a default", node.lineno, certain=True
                )
            asked[function].append(args[0])
            defaults[function].append(args[1] if len(args) > 1 else None)
        elif function == "config":
            if args or not options:
                raise BrokenJinja("dbt.config() takes keyword arguments", node.lineno, certain=True)
            for old in ("pre_hook", "post_hook"):
                if old in options:
                    options[old.replace("_", "-")] = options.pop(old)
            merge_config_call(config, options)
        else:
            version = options.get("version") or options.get("v")
            references.append(
                Reference(
                    "ref" if function == "ref" else "source",
                    tuple(str(arg) for arg in args),
                    version if function == "ref" else None,
                    line=node.lineno,
                    column=node.col_offset + 1,
                )
            )
    if asked["get"] or asked["meta_get"]:
        merge_config_call(
            config,
            {
                "config_keys_used": asked["get"],
                "config_keys_defaults": defaults["get"],
                "meta_keys_used": asked["meta_get"],
                "meta_keys_defaults": defaults["meta_get"],
            },
        )
    return SqlFacts(tuple(references), config, tier="python")


class _Calls(ast.NodeVisitor):
    """The calls dbt sees, in the order dbt sees them: it looks into arguments one level deep."""

    def __init__(self) -> None:
        self.found: list[tuple[ast.Call, str, list[Any], dict[str, Any]]] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = _dotted(node.func)
        if name in _FUNCTIONS:
            args = [_literal(arg) for arg in node.args]
            options = {kw.arg or "": _literal(kw.value) for kw in node.keywords}
            self.found.append((node, name.rsplit(".", 1)[-1], args, options))
        for value in [*node.args, *(keyword.value for keyword in node.keywords)]:
            for inner in _inner(value):
                if isinstance(inner, ast.Call):
                    self.visit_Call(inner)
        function = node.func
        while isinstance(function, ast.Attribute):
            function = function.value
        if isinstance(function, ast.Call):
            self.visit_Call(function)


def _inner(value: ast.expr) -> list[ast.expr]:
    if isinstance(value, (ast.List, ast.Tuple)):
        return value.elts
    if isinstance(value, ast.Dict):
        return value.values
    if isinstance(value, ast.JoinedStr):
        return [part.value for part in value.values if isinstance(part, ast.FormattedValue)]
    return [value]


def _dotted(node: ast.expr) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError) as error:
        raise BrokenJinja(
            "dbt reads only literals in the arguments of dbt.ref, dbt.source and dbt.config",
            node.lineno,
            certain=True,
        ) from error
