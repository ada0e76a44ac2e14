"""The SQL of a node without dbt: placeholders for relations, and the way back to its file."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from platform_cli.project.jinja.blocks import extract_blocks
from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.jinja.simple_sql import CALL
from platform_cli.project.resources import Node, Snapshot
from platform_cli.project.settings.env_vars import EnvVars
from platform_cli.project.sql.names import NamesToRead
from platform_cli.project.sql.positions import Rendered, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from platform_cli.project.jinja.catalog import Catalog
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.project import Project
    from platform_cli.project.resources import AnyResource
    from platform_cli.project.sql.template import Marked

_CALL = re.compile(rf"\{{\{{\s*{CALL}\s*\}}\}}")
_MOST_GUESSES = 50
_OVERRIDABLE = frozenset({"ref", "source", "config"})


class Renderer:
    """Renders the models and snapshots of one project."""

    def __init__(
        self,
        scopes: Mapping[str, Scope],
        resources: Mapping[str, AnyResource],
        catalog: Catalog | None = None,
    ) -> None:
        """`catalog` knows columns by what a relation renders to; without it only dbt knows them."""
        self._scopes = scopes
        self._catalog = catalog
        self._resources = resources
        self._names: dict[str, NamesToRead] = {}

    def render(self, node: Node, content: bytes, *, guess: str = "") -> Iterator[Rendered]:
        """The SQL of a first run; then, if it may be another, that of an incremental run.

        `content` is what the node's file holds. With a `guess`, that stands for an expression of
        which only dbt can tell what it writes. Raises Unknown where only dbt can tell, and
        BrokenJinja where dbt would stop as well.
        """
        if not node.path.endswith(".sql"):
            yield self._of_relation(node)
            return
        text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        start, stop = own_part(text, node)
        scope = self._scopes[node.package_name]
        names = self._names.get(node.package_name)
        if names is None:
            names = self._names[node.package_name] = NamesToRead(
                scope, self._resources, self._catalog
            )
        names.start(node, text[start:stop])
        if not _OVERRIDABLE & scope.macros.visible(scope.package).keys():
            simple = _simple(text, start, stop, names)
            if simple is not None:
                yield simple
                return
        from platform_cli.project.sql.template import Marked

        template = Marked(text, start, stop, guessing=bool(guess))

        def rendered(*, incremental: bool) -> Rendered:
            return _rendered(
                template,
                names.names,
                lambda: names.start(node, text[start:stop], incremental=incremental),
                guess,
            )

        first = rendered(incremental=False)
        yield first
        if node.config.get("materialized") == "incremental":
            again = rendered(incremental=True)
            if again.text != first.text:
                yield again

    def _of_relation(self, node: Node) -> Rendered:
        """What dbt writes for a snapshot in YAML, which stands in no file."""
        names = NamesToRead(self._scopes[node.package_name], self._resources)
        names.start(node, "")
        for one in node.references[:1] if isinstance(node, Snapshot) else ():
            relation = names.placeholder(one.kind, one.args, one.version)
            return Rendered(f"select * from {relation}", "", [])  # noqa: S608  (nobody runs it)
        raise Unknown("its relation is no plain ref() or source()")


def _rendered(
    template: Marked, names: Mapping[str, Any], begin: Callable[[], None], guess: str
) -> Rendered:
    """What a template renders to, once more for each expression that needs a guess."""
    guesses: dict[int, str] = {}
    reason: tuple[str, int] | None = None
    while True:
        begin()
        try:
            made = template.render(names, guesses)
        except Unknown as unknown:
            at = template.reached
            if not guess or at is None or at in guesses or len(guesses) == _MOST_GUESSES:
                raise
            guesses[at] = guess
            reason = reason or (unknown.reason, unknown.line)
        else:
            made.guessed = reason
            return made


@lru_cache(maxsize=2)
def renderer_of(project: Project) -> Renderer:
    """The renderer of a project; what its environment remembers begins with it."""
    return renderer_with(project)


def renderer_with(project: Project, catalog: Catalog | None = None) -> Renderer:
    """A new one, which may know columns."""
    project.scope(project.name)  # with it, all of them are read
    # What the profile asked for is in the target, and counts there.
    for scope in project.scopes.values():
        if isinstance(scope.env, EnvVars):
            scope.env.begin_anew()
    return Renderer(project.scopes, project.resources, catalog)


def own_part(text: str, node: Node) -> tuple[int, int]:
    """Where in its file the node's own text starts and ends.

    Raises Unknown when it is not there.
    """
    if isinstance(node, Snapshot):
        for block in extract_blocks(text, ("snapshot",)):
            if block.name == node.name:
                start = text.index(block.full) + len(block.tag)
                return start, start + len(block.contents)
        raise Unknown("its block is not in the file")
    return 0, len(text)


def _simple(text: str, start: int, stop: int, names: NamesToRead) -> Rendered | None:
    """A text whose Jinja is literal refs, sources and configs; None for any other."""
    if text.find("{%", start, stop) >= 0 or text.find("{#", start, stop) >= 0:
        return None
    parts: list[str] = []
    segments: list[Segment] = []
    length, at = 0, start
    while (opened := text.find("{{", at, stop)) >= 0:
        call = _CALL.match(text, opened, stop)
        if call is None:
            return None
        shown = ""
        if kind := call["kind"]:
            args = tuple(call[part][1:-1] for part in ("first", "second") if call[part])
            shown = names.placeholder(kind, args).render()
        segments.append(Segment(length, at, at, verbatim=True))
        length += opened - at
        begin = call.start("kind") if kind else opened
        segments.append(Segment(length, begin, call.end() - 2, verbatim=False))
        parts += (text[at:opened], shown)
        length += len(shown)
        at = call.end()
    segments.append(Segment(length, at, at, verbatim=True))
    parts.append(text[at:stop])
    return Rendered("".join(parts), text, segments)
