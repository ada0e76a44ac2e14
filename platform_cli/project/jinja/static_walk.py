"""What a file records when dbt parses it, read from the syntax tree without rendering.

Exact or None: a call counts when it is reached on every path and its arguments are literals;
anything that could change that hands the file on to rendering.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes

from platform_cli.project.jinja.config_calls import merge_config_call
from platform_cli.project.jinja.macros import Macro
from platform_cli.project.resources import Reference

if TYPE_CHECKING:
    from collections.abc import Container

    from platform_cli.project.jinja.macros import Macros

RECORDING = {"ref", "source", "config"}
# Names that lead to recording functions by another way, or end the file early.
_DOORS = {"builtins", "context", "render", "return", "metric", "function", "caller"}
_QUESTIONS = {"get", "require", "meta_get", "meta_require", "persist_relation_docs"}
_PLAIN = (
    nodes.Output,
    nodes.ExprStmt,
    nodes.TemplateData,
    nodes.List,
    nodes.Tuple,
    nodes.Dict,
    nodes.Pair,
    nodes.Keyword,
    nodes.Const,
    nodes.Filter,
    nodes.Test,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Concat,
    nodes.Compare,
    nodes.Operand,
    nodes.Not,
    nodes.Neg,
    nodes.Pos,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Pow,
)


class _HandOn(Exception):  # noqa: N818
    pass


def walk(
    tree: nodes.Template, macros: Macros, package: str
) -> tuple[list[Reference], dict[str, Any]] | None:
    """The references and the config of the file, or None when only rendering can tell."""
    visible = macros.visible(package)
    if binds(tree, visible) or RECORDING & visible.keys():
        return None
    walker = Walker(macros, package)
    if not walker.walk(tree.body):
        return None
    config: dict[str, Any] = {}
    for options in walker.configs:
        merge_config_call(config, options)
    return walker.references, config


def binds(tree: nodes.Template, visible: Container[str]) -> bool:
    """Whether it gives another meaning to a name that the walk takes for what it is."""
    return any(
        node.ctx != "load"
        and (
            node.name in RECORDING
            or node.name in _DOORS
            or node.name in visible
            or node.name == "execute"
        )
        for node in tree.find_all(nodes.Name)
    )


class Walker:
    """Goes through syntax that binds none of dbt's names; notes what is certain to be called."""

    def __init__(self, macros: Macros, package: str) -> None:
        self.references: list[Reference] = []
        self.configs: list[dict[str, Any]] = []
        """What each `config()` call says."""
        self._visible = macros.visible(package)
        self._macros = macros

    def walk(self, body: list[Any]) -> bool:
        """Visit these nodes. False when only rendering can tell what they record."""
        try:
            self._all(body)
        except _HandOn:
            return False
        return True

    def _visit(self, node: nodes.Node) -> None:  # noqa: C901, PLR0912  (one case per node type)
        if isinstance(node, nodes.TemplateData):
            return
        if isinstance(node, nodes.Call):
            self._call(node)
        elif isinstance(node, nodes.Name):
            # A recording function, a package or a macro that is passed on may be called later.
            if node.name in RECORDING or node.name in _DOORS:
                raise _HandOn
            found = self._visible.get(node.name)
            if isinstance(found, dict):
                raise _HandOn
            if found is not None:
                self._quiet_macro(found)
        elif isinstance(node, nodes.If):
            self._if(node)
        elif isinstance(node, nodes.Assign):
            self._visit(node.node)
        elif isinstance(node, nodes.AssignBlock) and node.filter is None:
            self._all(node.body)
        elif isinstance(node, nodes.For):
            self._visit(node.iter)
            self._quiet([*node.body, *node.else_, *([node.test] if node.test else [])])
        elif isinstance(node, nodes.CallBlock):
            # Its body runs as often as the macro calls it.
            self._quiet([*node.body, *node.defaults])
            self._call(node.call)
        elif isinstance(node, (nodes.And, nodes.Or)):
            self._visit(node.left)
            self._quiet([node.right])
        elif isinstance(node, nodes.CondExpr):
            self._visit(node.test)
            self._quiet([part for part in (node.expr1, node.expr2) if part is not None])
        elif isinstance(node, _PLAIN):
            for child in node.iter_child_nodes():
                self._visit(child)
        else:
            raise _HandOn

    def _all(self, body: list[nodes.Node]) -> None:
        for node in body:
            self._visit(node)

    def _quiet(self, body: list[Any]) -> None:
        """Code that may run never, once or often: nothing in it may record anything."""
        before = len(self.references), len(self.configs)
        self._all(body)
        if (len(self.references), len(self.configs)) != before:
            raise _HandOn

    def _if(self, node: nodes.If) -> None:
        verdict = self.truth(node.test)
        if verdict is None:
            self._visit(node.test)
            self._quiet([*node.body, *(part.test for part in node.elif_)])
            for part in node.elif_:
                self._quiet([*part.body])
            self._quiet([*node.else_])
        elif verdict:
            self._all(node.body)
        elif node.elif_:
            first, *rest = node.elif_
            self._if(nodes.If(first.test, first.body, rest, node.else_))
        else:
            self._all(node.else_)

    def truth(self, test: nodes.Node) -> bool | None:
        """What a condition is while dbt parses, where that is certain."""
        if isinstance(test, nodes.Not):
            inner = self.truth(test.node)
            return None if inner is None else not inner
        if isinstance(test, nodes.And):
            left = self.truth(test.left)
            return False if left is False else self.truth(test.right) if left else None
        if isinstance(test, nodes.Or):
            left = self.truth(test.left)
            return True if left else self.truth(test.right) if left is False else None
        if isinstance(test, nodes.Name) and test.name == "execute":
            return False if "execute" not in self._visible else None
        if isinstance(test, nodes.Call) and isinstance(test.node, nodes.Name):
            macro = self._visible.get(test.node.name)
            if test.node.name == "is_incremental" and isinstance(macro, Macro):
                return False if macro.package == "dbt" else None
        return None

    def _call(self, node: nodes.Call) -> None:
        name = node.node.name if isinstance(node.node, nodes.Name) else None
        if name in ("ref", "source"):
            self.references.append(_reference(name, node))
            return
        if name == "config":
            self._config(node)
            return
        if name == "env_var" and len(node.args) + len(node.kwargs) == 1:
            # Without a default it may stop dbt.
            raise _HandOn
        self._callee(node.node)
        for part in (*node.args, *node.kwargs, node.dyn_args, node.dyn_kwargs):
            if part is not None:
                self._visit(part)

    def _callee(self, node: nodes.Expr) -> None:
        """The thing that is called: a quiet macro, `package.macro`, a method of something."""
        if isinstance(node, nodes.Name):
            found = self._visible.get(node.name)
            if isinstance(found, Macro):
                self._quiet_macro(found)
            elif node.name in _DOORS:
                raise _HandOn
            return
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            owner, name = node.node.name, node.attr
            if owner == "config":
                if name not in _QUESTIONS:
                    raise _HandOn
                return
            found = self._visible.get(owner)
            if isinstance(found, dict):
                if macro := found.get(name):
                    self._quiet_macro(macro)
                return
            if (owner == "adapter" and name == "dispatch") or (
                owner == "exceptions" and name != "warn"
            ):
                raise _HandOn
        self._visit(node)

    def _quiet_macro(self, macro: Macro) -> None:
        if not self._macros.quiet(macro):
            raise _HandOn

    def _config(self, node: nodes.Call) -> None:
        if node.args or node.dyn_args is not None or node.dyn_kwargs is not None or not node.kwargs:
            raise _HandOn
        options = {kwarg.key: _literal(kwarg.value) for kwarg in node.kwargs}
        for old in ("pre_hook", "post_hook"):
            if old in options:
                options[old.replace("_", "-")] = options.pop(old)
        self.configs.append(options)


def _reference(kind: Any, node: nodes.Call) -> Reference:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise _HandOn
    args = [_literal(argument) for argument in node.args]
    options = {kwarg.key: _literal(kwarg.value) for kwarg in node.kwargs}
    version = options.get("version") or options.get("v")
    if not all(isinstance(argument, str) for argument in args):
        raise _HandOn
    if version is not None and not isinstance(version, (str, int, float)):
        raise _HandOn
    if kind == "source" and (len(args) != 2 or options):  # noqa: PLR2004
        raise _HandOn
    if kind == "ref" and len(args) not in (1, 2):
        raise _HandOn
    return Reference(kind, tuple(args), version, line=node.lineno)


def _literal(node: nodes.Expr) -> Any:
    """The value of a literal; macros cannot change it afterwards, a list is made per call."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List):
        return [_literal(item) for item in node.items]
    if isinstance(node, nodes.Tuple):
        return tuple(_literal(item) for item in node.items)
    if isinstance(node, nodes.Dict):
        return {_literal(pair.key): _literal(pair.value) for pair in node.items}
    if isinstance(node, nodes.Neg):
        value = _literal(node.node)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return -value
    if isinstance(node, nodes.Name) and node.name in ("True", "False", "None"):
        return {"True": True, "False": False, "None": None}[node.name]
    raise _HandOn
