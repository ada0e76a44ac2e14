"""What one expression or tag does while dbt parses, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from platform_cli.project.jinja.macros import Macro
from platform_cli.project.jinja.simple_call import macro_call
from platform_cli.project.resources import Reference

if TYPE_CHECKING:
    from jinja2 import nodes

    from platform_cli.project.jinja.scope import Scope

AROUND = {
    "expression": ("", ""),
    "do": ("", ""),
    "set": ("", ""),
    "if": ("", "{% endif %}"),
    "elif": ("{% if 0 %}", "{% endif %}"),
    "for": ("", "{% endfor %}"),
    "block": ("", "{% endset %}"),
}
"""What makes a template of a piece's text."""


class Effect(Struct, frozen=True):
    """The calls that are certain to be made; lines count from the piece's first."""

    certain: bool = True
    """False when only rendering can tell."""
    references: tuple[Reference, ...] = ()
    configs: tuple[dict[str, Any], ...] = ()
    truth: bool | None = None
    """Of a condition, where it is known."""


def effect_of(kind: str, text: str, scope: Scope) -> Effect | None:
    """The effect of a piece's text, None when it needs the whole file around it."""
    known: dict[tuple[str, str], Effect | None] = scope.keep.setdefault("effects", {})
    key = (kind, text)
    if key not in known:
        known[key] = _effect(kind, text, scope)
    return known[key]


def _effect(kind: str, text: str, scope: Scope) -> Effect | None:
    if kind == "expression" and (call := macro_call(text)) is not None:
        found = scope.macros.visible(scope.package).get(call.name)
        if isinstance(found, Macro):
            return Effect(certain=scope.macros.quiet(found))

    from jinja2 import nodes

    from platform_cli.project.jinja.dialect import BrokenJinja, environment, parse
    from platform_cli.project.jinja.static_walk import Walker, binds
    from platform_cli.project.jinja.undefined_calls import is_unknown

    before, after = AROUND[kind]
    try:
        tree = parse(before + text + after)
    except BrokenJinja:
        return None
    node = _only(kind, tree)
    if node is None or binds(tree, scope.macros.visible(scope.package)):
        return None
    if any(is_unknown(call.node, scope) for call in tree.find_all(nodes.Call)):
        return None
    filters = environment(silent=True).filters
    if any(one.name not in filters for one in tree.find_all(nodes.Filter)):
        return None
    walker = Walker(scope.macros, scope.package)
    truth = walker.truth(node) if kind in {"if", "elif"} else None
    if not walker.walk([node]):
        return Effect(certain=False, truth=truth)
    return Effect(True, tuple(walker.references), tuple(walker.configs), truth)


def _only(kind: str, tree: nodes.Template) -> nodes.Node | None:
    """The node of the piece; a condition's is what is asked."""
    from jinja2 import nodes

    if len(tree.body) != 1:
        return None
    node = tree.body[0]
    if isinstance(node, nodes.Output):
        parts = node.nodes
        plain = len(parts) == 1 and not isinstance(parts[0], nodes.TemplateData)
        return parts[0] if kind == "expression" and plain else None
    if isinstance(node, nodes.If):
        if kind == "elif":
            return node.elif_[0].test if len(node.elif_) == 1 else None
        return node.test if kind == "if" and not node.elif_ else None
    wanted = {
        "do": nodes.ExprStmt,
        "set": nodes.Assign,
        "for": nodes.For,
        "block": nodes.AssignBlock,
    }
    return node if kind in wanted and isinstance(node, wanted[kind]) else None
