"""Schema, alias and database names as the project's `generate_*_name` macros say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.resources import Undecided

if TYPE_CHECKING:
    from platform_cli.project.jinja.macros import Macro, Macros
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.jinja.sql_names import BoundMacro

Component = Literal["schema", "alias", "database"]


def overridden(component: Component, package: str, macros: Macros) -> bool:
    """False when dbt's own default decides for this package's nodes."""
    chosen = _macro(component, package, macros)
    name = f"generate_{component}_name"
    if chosen.package not in macros.internal_names:
        return True
    try:
        implementation = macros.dispatch(chosen.package, name, "dbt")
    except (BrokenJinja, Unknown):
        return True
    return (
        implementation.package not in macros.internal_names
        or implementation.name != f"default__{name}"
    )


def generate_name(
    component: Component,
    custom: Any,
    node: Any,
    scope: Scope,
    asked: dict[str, Any] | None = None,
) -> str | Undecided | None:
    """What the macro returns for this node and custom value, stripped when it is text.

    `node` has the attributes of dbt's node as far as they are known; asking for another one
    makes the name Undecided. What the macro asks of it is put into `asked`, in order. Raises
    BrokenJinja where the macro raises a compiler error.
    """
    key = f"generate {component}"
    found = scope.keep.get(key)
    if found is None:
        found = scope.keep[key] = _bound(component, scope)
    macro, call = found
    try:
        value = call(custom, _Node(node, {} if asked is None else asked))
    except Unknown as unknown:
        return Undecided(unknown.reason, macro.path, macro.line + max(unknown.line - 1, 0))
    except BrokenJinja as broken:
        if broken.certain:
            raise
        return Undecided(broken.message, macro.path, macro.line)
    except Exception as error:  # noqa: BLE001  (whatever Jinja code of a project raises)
        return Undecided(f"generate_{component}_name fails here: {error}", macro.path, macro.line)
    if value is None or isinstance(value, str):
        return value.strip() if value else value
    return Undecided(f"generate_{component}_name returns no text", macro.path, macro.line)


def _bound(component: Component, scope: Scope) -> tuple[Macro, BoundMacro]:
    from platform_cli.project.jinja.names_at_parse import names_for_macros
    from platform_cli.project.jinja.sql_names import BoundMacro

    macro = _macro(component, scope.package, scope.macros)
    world = scope.of(macro.package)
    names = world.keep.get("generate")
    if names is None:
        names = world.keep["generate"] = names_for_macros(world)
    return macro, BoundMacro(macro, names)


def _macro(component: Component, package: str, macros: Macros) -> Macro:
    """dbt's choice: the macro of the node's own installed package, the root's, dbt's."""
    name = f"generate_{component}_name"
    for place in (package, macros.root):
        if found := macros.packages.get(place, {}).get(name):
            return found
    if name not in macros.internal:
        raise Unknown("dbt's own macros are not installed here")
    return macros.internal[name]


class _Node:
    """A node that notes what it is asked."""

    def __init__(self, node: Any, asked: dict[str, Any]) -> None:
        self._node = node
        self._asked = asked

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            value = getattr(self._node, name)
        except AttributeError:
            raise Unknown(f"node.{name} is known only to dbt") from None
        self._asked.setdefault(name, value)
        return value

    def __getitem__(self, key: str) -> Any:
        return getattr(self, key)
