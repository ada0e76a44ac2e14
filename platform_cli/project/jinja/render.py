"""The SQL dbt would compile for a node, or Undecided where only dbt (or its database) knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_text
from platform_cli.project.jinja.generic_tests import ARGUMENTS, render_arguments, test_call
from platform_cli.project.jinja.names_at_run import NamesAtRun
from platform_cli.project.resources import DataTest, Model, Node, Undecided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from platform_cli.project.jinja.catalog import Catalog
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.resources import AnyResource


class CompiledSql(Struct, frozen=True):
    """Compiled SQL, byte for byte what `dbt compile` writes, and the ephemeral models in it."""

    sql: str
    inlined: tuple[str, ...] = ()


class Compilable(Protocol):
    """What compiling needs of a project."""

    @property
    def resources(self) -> Mapping[str, AnyResource]: ...

    def scope(self, package: str) -> Scope: ...

    def raw_code(self, unique_id: str) -> str:
        """The node's text as dbt holds it: the file or snapshot block, stripped."""
        ...


def compile_model(
    project: Compilable, unique_id: str, catalog: Catalog | None = None
) -> CompiledSql | Undecided:
    """The SQL of a model, snapshot, analysis or data test.

    `catalog` answers what the database holds; without it `is_incremental()` of an incremental
    model is Undecided, and so are columns. Raises BrokenJinja where `dbt compile` fails as well.
    """
    try:
        own, ctes = _with_parents(project, unique_id, catalog)
    except Unknown as unknown:
        return Undecided(unknown.reason, project.resources[unique_id].path, unknown.line)
    return CompiledSql(_inject(own, list(ctes.values())), tuple(ctes))


def _with_parents(
    project: Compilable, unique_id: str, catalog: Catalog | None
) -> tuple[str, dict[str, str]]:
    """The node's own SQL, and the CTEs of its ephemeral parents, theirs before them."""
    own, inlined = _render(project, unique_id, catalog)
    ctes: dict[str, str] = {}
    for parent in inlined:
        sql, theirs = _with_parents(project, parent, catalog)
        node = project.resources[parent]
        assert isinstance(node, Node)  # noqa: S101  (only nodes are ever inlined)
        theirs.setdefault(parent, f" __dbt__cte__{node.alias} as (\n{sql}\n)")
        for name, cte in theirs.items():
            ctes.setdefault(name, cte)
    return own, ctes


def _render(project: Compilable, unique_id: str, catalog: Catalog | None) -> tuple[str, list[str]]:
    node = project.resources[unique_id]
    if not isinstance(node, Node):
        raise Unknown(f"{unique_id} has no SQL")
    if isinstance(node, Model) and node.language != "sql":
        raise Unknown("a Python model is compiled by dbt")
    if node.config.get("incremental_strategy") == "microbatch":
        raise Unknown("a microbatch model is compiled batch by batch")
    generic = isinstance(node, DataTest) and node.test_name is not None
    text = "" if generic else project.raw_code(unique_id)
    names = NamesAtRun(node, text, project.scope(node.package_name), project.resources, catalog)
    try:
        if isinstance(node, DataTest) and node.test_name:
            arguments = render_arguments(node.arguments, names.names, silent=False)
            dict.__setitem__(names.names, ARGUMENTS, arguments)
            text = test_call(f"test_{node.test_name}", node.namespace)
        return render_text(text, names.names), names.inlined
    except BrokenJinja as broken:
        if broken.certain:
            raise
        raise Unknown(f"dbt may fail to render it: {broken.message}", broken.line) from broken


def _inject(sql: str, ctes: list[str]) -> str:
    """The CTEs written in front of the SQL's own: dbt asks sqlparse where that is, so we do."""
    if not ctes:
        return sql
    from sqlparse import parse, tokens
    from sqlparse import sql as tree

    # sqlparse has no types worth the name.
    token_of: Any = tree.Token
    statement: Any = parse(sql)[0]
    with_token = None
    for token in statement.tokens:
        if token.is_keyword and token.normalized == "WITH":
            with_token = token
        elif token.is_keyword and token.normalized == "RECURSIVE" and with_token is not None:
            with_token = token
            break
        elif not token.is_whitespace and with_token is not None:
            break
    keyword = tokens.Keyword
    if with_token is None:
        first = token_of(keyword, "with")
        statement.insert_before(statement.token_first(), first)
        statement.insert_after(first, token_of(keyword, ", ".join(ctes) + " "))
    else:
        injected = token_of(keyword, ", ".join(ctes))
        statement.insert_after(with_token, injected)
        statement.insert_after(injected, token_of(tokens.Punctuation, ", "))
    return str(statement)
