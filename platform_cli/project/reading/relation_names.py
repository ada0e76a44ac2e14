"""Database, schema and alias of a node, as the generate_*_name macros give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from platform_cli.project.resources import Undecided

if TYPE_CHECKING:
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.reading.draft import Draft
    from platform_cli.project.settings.profile import Target

COMPONENTS = ("database", "schema", "alias")


class Step(Struct, frozen=True, array_like=True, omit_defaults=True):
    """One step on the way to a macro's answer: what it asks of the node next, or the answer."""

    asks: str | None = None
    answer: str | None = None


class RelationNames:
    """Names relations. dbt's own macros are done in Python; a project's are called.

    A macro's answer is remembered with what it asked of the node, one thing after the other: a
    node that says the same to each question gets the same answer without a call.
    """

    def __init__(
        self,
        target: Target | Undecided,
        scopes: Mapping[str, Scope],
        answers: dict[str, Step] | None = None,
    ) -> None:
        """`answers` are those of an earlier reading in the same world; new ones are added."""
        self.target = target
        self._scopes = scopes
        self._overridden: dict[str, dict[str, bool]] = {}
        self.answers = {} if answers is None else answers
        """By the macro, the custom name and the node's answers so far."""

    def name(self, node: Draft, config: dict[str, Any]) -> None:
        """Set the node's database, schema and alias from what its config asks for."""
        called = self._overridden.get(node.package_name) or self._look(node.package_name)
        for component in COMPONENTS:
            custom = config.get(component)
            if type(custom) is Undecided:
                value: Any = custom
            elif called[component]:
                value = self._call(component, custom, node)
            else:
                value = self._default(component, custom, node)
            if type(value) is Undecided:
                node.undecided[component] = value
                value = None
            else:
                if component in node.undecided:
                    del node.undecided[component]
                if isinstance(value, str):
                    value = value.strip()
            setattr(node, component, value)
        if node.resource_type == "snapshot":
            self._fix_snapshot(node, config)

    def unnamed(self, node: Draft) -> None:
        """What a node has before any macro named it: the target's database and schema."""
        if isinstance(self.target, Undecided):
            node.undecided["database"] = node.undecided["schema"] = self.target
        else:
            node.database, node.schema = self.target.database, self.target.schema

    def _fix_snapshot(self, node: Draft, config: dict[str, Any]) -> None:
        for component in ("database", "schema"):
            fixed = config.get(f"target_{component}")
            if isinstance(fixed, Undecided):
                node.undecided[component] = fixed
                setattr(node, component, None)
            elif fixed:
                node.undecided.pop(component, None)
                setattr(node, component, fixed)

    def _look(self, package: str) -> dict[str, bool]:
        """Which of the names of a package's nodes a project's own macros give."""
        from platform_cli.project.jinja.dialect import Unknown
        from platform_cli.project.jinja.generate_names import overridden

        found = self._overridden[package] = dict.fromkeys(COMPONENTS, False)
        for component in COMPONENTS:
            try:
                found[component] = overridden(
                    component,  # type: ignore[arg-type]
                    package,
                    self._scopes[package].macros,
                )
            except Unknown:  # dbt itself is not installed here
                continue
        return found

    def _call(self, component: str, custom: Any, node: Draft) -> Any:
        key = _extended(f"{component} {node.package_name}", custom)
        while key is not None and (step := self.answers.get(key)) is not None:
            if step.asks is None:
                return step.answer
            key = _extended(key, getattr(node, step.asks, None))
        from platform_cli.project.jinja.dialect import BrokenJinja
        from platform_cli.project.jinja.generate_names import generate_name

        asked: dict[str, Any] = {}
        scope = self._scopes[node.package_name]
        try:
            answer = generate_name(component, custom, node, scope, asked)  # type: ignore[arg-type]
        except BrokenJinja as broken:
            return Undecided(broken.message, node.path)
        if answer is None or isinstance(answer, str):
            self._remember(component, node.package_name, custom, asked, answer)
        return answer

    def _remember(
        self,
        component: str,
        package: str,
        custom: Any,
        asked: Mapping[str, Any],
        answer: str | None,
    ) -> None:
        key = _extended(f"{component} {package}", custom)
        for name, value in asked.items():
            if key is None:
                return
            step = self.answers.setdefault(key, Step(asks=name))
            if step.asks != name:  # not a function of what it asks
                return
            key = _extended(key, value)
        if key is not None:
            self.answers[key] = Step(answer=answer)

    def _default(self, component: str, custom: Any, node: Draft) -> Any:
        if component == "alias":
            if custom:
                return str(custom)
            if node.version:
                return f"{node.name}_v{str(node.version).replace('.', '_')}"
            return node.name
        if component == "database" and custom is not None:
            return str(custom)
        if isinstance(self.target, Undecided):
            return self.target
        if component == "database":
            return self.target.database
        schema = self.target.schema
        return schema if custom is None else f"{schema}_{str(custom).strip()}"


def _extended(key: str, value: Any) -> str | None:
    """The key with one more value in it, None for a value whose text does not tell it whole."""
    kind = type(value)
    if value is None or kind in _TOLD:
        return f"{key}\0{value!r}"
    if kind is list and all(type(item) is str for item in value):
        return f"{key}\0{value!r}"
    return None


_TOLD = frozenset({str, int, float, bool})
