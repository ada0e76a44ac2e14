"""Macros that a file calls and that do not exist: dbt parses such a file, and stops at it later."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.errors import did_you_mean
from platform_cli.project.jinja.macros import Macro, Macros
from platform_cli.project.problem import Problem
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.state import State

_BUILT = {"model", "snapshot", "test"}


def undefined_names(state: State) -> Iterator[Problem]:
    """A problem for each call in a model, snapshot or test at which dbt will stop.

    None at all while a file of Jinja is broken or a package is missing: the macro may be there.
    """
    if any(one.kind in {"jinja", "package"} and one.severity == "error" for one in state.problems):
        return
    for node in state.nodes.values():
        if node.undefined and node.resource_type in _BUILT and "enabled" not in node.undecided:
            yield from _of(node, state.scopes[node.package_name].macros)


def _of(node: Draft, macros: Macros) -> Iterator[Problem]:
    for call in node.undefined:
        yield Problem(
            f"{call.name!r} is undefined: there is no such macro",
            kind="macro",
            path=node.path,
            line=call.line,
            column=call.column,
            hint=_hint(call.name, macros, node.package_name),
            resource=node.unique_id,
        )


def _hint(name: str, macros: Macros, package: str) -> str:
    visible = macros.visible(package)
    elsewhere = [one for one, found in visible.items() if isinstance(found, dict) and name in found]
    if elsewhere:
        return f"write {elsewhere[0]}.{name}"
    known = {one for one, found in visible.items() if isinstance(found, Macro)}
    known |= {
        f"{one}.{macro}"
        for one, found in visible.items()
        if isinstance(found, dict) and one not in {"dbt", package}
        for macro in found
    }
    return did_you_mean(name, known) or "correct its name, or install the package it comes from"
