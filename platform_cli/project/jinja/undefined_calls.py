"""Calls of a name that does not exist, where dbt is certain to make them when it compiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jinja2 import nodes

from platform_cli.project.jinja.undefined_call import UndefinedCall

if TYPE_CHECKING:
    from platform_cli.project.jinja.scope import Scope

_EARLY_ENDS = (nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends)
_OF_THE_NODE = frozenset({"this", "model", "database", "schema"})


def undefined_calls(tree: nodes.Template, text: str, scope: Scope) -> tuple[UndefinedCall, ...]:
    """The calls in a file (`tree` is its syntax) at which dbt will stop when it compiles it.

    dbt parses such a file without a word. A call that a condition, a loop or a macro of the file
    may leave out is not among them, nor is anything in a file that may end early.
    """
    suspects = [call for node in tree.body for call in _certain(node)]
    suspects = [call for call in suspects if is_unknown(call.node, scope)]
    if not suspects or next(tree.find_all(_EARLY_ENDS), None) is not None:
        return ()
    names = {(node.name, node.ctx) for node in tree.find_all(nodes.Name)}
    # `return` ends a file, and what the file itself sets may be a function.
    if any(name == "return" for name, _ in names):
        return ()
    bound = {name for name, ctx in names if ctx != "load"}
    return tuple(
        UndefinedCall(name, call.lineno, _column(text, name, call.lineno))
        for call in suspects
        if (name := _name(call.node)).split(".")[0] not in bound
    )


def _certain(node: nodes.Node) -> Iterator[nodes.Call]:
    """The calls that are made whenever this node is rendered."""
    if isinstance(node, nodes.Macro | nodes.CallBlock):
        # A call block of an unknown macro stops dbt when it parses.
        return
    if isinstance(node, nodes.If | nodes.CondExpr):
        yield from _certain(node.test)
    elif isinstance(node, nodes.For):
        yield from _certain(node.iter)
    elif isinstance(node, nodes.And | nodes.Or):
        yield from _certain(node.left)
    elif isinstance(node, nodes.Compare):
        yield from _certain(node.expr)
    else:
        if isinstance(node, nodes.Call):
            yield node
        for child in node.iter_child_nodes():
            yield from _certain(child)


def is_unknown(callee: nodes.Expr, scope: Scope) -> bool:
    """Whether the thing that is called has a name that nothing visible has."""
    visible = scope.macros.visible(scope.package)
    if isinstance(callee, nodes.Name):
        return callee.name not in visible and callee.name not in _known(scope)
    if isinstance(callee, nodes.Getattr) and isinstance(callee.node, nodes.Name):
        package = visible.get(callee.node.name)
        return isinstance(package, dict) and not (
            callee.attr in package or hasattr(package, callee.attr)
        )
    return False


def _name(callee: nodes.Node) -> str:
    if isinstance(callee, nodes.Getattr):
        return f"{_name(callee.node)}.{callee.attr}"
    assert isinstance(callee, nodes.Name)  # noqa: S101  (`is_unknown` knows no others)
    return callee.name


def _known(scope: Scope) -> frozenset[str]:
    """The names that are no macros: dbt's and Jinja's own."""
    known: frozenset[str] | None = scope.keep.get("names")
    if known is None:
        from platform_cli.project.jinja.dialect import environment
        from platform_cli.project.jinja.names_at_parse import NamesAtParse

        record = scope.keep.get("parse")
        if record is None:
            record = scope.keep["parse"] = NamesAtParse(scope)
        names = {*record.names, *environment().globals, *_OF_THE_NODE}
        known = scope.keep["names"] = frozenset(names)
    return known


def _column(text: str, name: str, line: int) -> int:
    lines = text.split("\n")
    return lines[line - 1].find(name) + 1 if line <= len(lines) else 0
