"""What the SQL of each file says, read once and remembered by content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from platform_cli.errors import PlatformError, Where
from platform_cli.project.files.tree import InputFile, decode
from platform_cli.project.jinja.sql import SqlFacts
from platform_cli.project.reading.kept_facts import KeptFacts, fingerprint

if TYPE_CHECKING:
    from platform_cli.project.files.inputs import Inputs
    from platform_cli.project.jinja.blocks import Block
    from platform_cli.project.jinja.dialect import BrokenJinja
    from platform_cli.project.jinja.scope import Scope
    from platform_cli.project.problem import Problem
    from platform_cli.project.reading.draft import Draft

NOTHING = SqlFacts()


def fact_key(node: Draft, file: InputFile) -> str:
    """What the facts of a file are kept under."""
    return f"{node.resource_type} {file.package} {file.absolute}"


class Facts:
    """Reads SQL through the scopes of the packages."""

    def __init__(
        self,
        inputs: Inputs,
        scopes: Mapping[str, Scope],
        problems: list[Problem],
        kept: KeptFacts,
    ) -> None:
        self._inputs = inputs
        self._scopes = scopes
        self._problems = problems
        self._kept = kept
        self._texts: dict[tuple[str, str], SqlFacts] = {}

    def of_file(self, file: InputFile, node: Draft) -> SqlFacts:
        """The facts of a whole file.

        Raises:
            PlatformError: the file cannot be read.
        """
        text = decode(self._inputs.read(file), file.path)
        if node.resource_type == "model" and (not text or text.isspace()):
            self._problems.append(_empty(file.path))

        def read() -> SqlFacts:
            if node.language == "python":
                return _read_python(text, file.path)
            from platform_cli.project.jinja.sql import read_sql

            scope = self._scopes[file.package]
            return read_sql(text, file.path, scope, node, model=node.resource_type == "model")

        seal = self._inputs.digests[file.absolute]
        return self._kept.sql(fact_key(node, file), seal, lambda: _checked(file.path, read))

    def of_text(self, text: str, path: str, package: str, node: Draft) -> SqlFacts:
        """The facts of a piece of SQL, such as a hook."""
        if "{" not in text:
            return NOTHING
        from platform_cli.project.jinja.sql import read_sql

        known = self._texts.get((text, package))
        if known is None:
            scope = self._scopes[package]
            known = _checked(path, lambda: read_sql(text, path, scope, node, model=False))
            if known.tier in {"pieces", "tree"}:  # it asked nothing of the node
                self._texts[(text, package)] = known
        return known

    def snapshot_blocks(self, file: InputFile) -> list[Block]:
        """The snapshot blocks of a file.

        Raises:
            PlatformError: the file cannot be read, or its blocks are broken.
        """
        from platform_cli.project.jinja.blocks import extract_blocks
        from platform_cli.project.jinja.dialect import BrokenJinja

        text = decode(self._inputs.read(file), file.path)
        try:
            return extract_blocks(text, {"snapshot"})
        except BrokenJinja as error:
            raise broken_jinja(error, file.path) from error

    def of_block(self, file: InputFile, block: Block, node: Draft) -> SqlFacts:
        """The facts of one snapshot block."""
        from platform_cli.project.jinja.sql import read_sql

        # empty lines in front keep the line numbers those of the file
        text = "\n" * (block.line - 1) + block.contents
        scope = self._scopes[file.package]
        return _checked(file.path, lambda: read_sql(text, file.path, scope, node, model=False))

    def of_test(
        self, macro: str, namespace: str | None, kwargs: dict[str, Any], path: str, package: str
    ) -> SqlFacts:
        """The facts of a generic test with these arguments."""

        def read() -> SqlFacts:
            from platform_cli.project.jinja.generic_tests import read_test

            return read_test(macro, namespace, kwargs, path, self._scopes[package])

        seal = fingerprint(macro, namespace, kwargs, path, package)
        return self._kept.sql(seal.hex(), seal, lambda: _checked(path, read))

    def of_exposure(self, text: str, path: str, package: str) -> SqlFacts:
        """The facts of an exposure's `depends_on`, as one text."""
        if not text:
            return NOTHING
        from platform_cli.project.jinja.sql import read_sql

        scope = self._scopes[package]
        return _checked(path, lambda: read_sql(text, path, scope, model=False))


def _empty(path: str) -> Problem:
    from platform_cli.project.problem import Problem

    return Problem(
        f"{path} is empty: dbt builds nothing from it, and says nothing",
        kind="file",
        severity="warn",
        path=path,
        hint="write its SQL, or remove the file",
    )


def _checked(path: str, read: Callable[[], SqlFacts]) -> SqlFacts:
    from platform_cli.project.jinja.dialect import BrokenJinja

    try:
        return read()
    except BrokenJinja as error:
        raise broken_jinja(error, path) from error


def _read_python(text: str, path: str) -> SqlFacts:
    from platform_cli.project.jinja.dialect import BrokenJinja
    from platform_cli.project.jinja.python_models import read_python

    try:
        return read_python(text, path)
    except BrokenJinja as error:
        raise _broken_python(error, path) from error


def _jinja_hint(message: str) -> str:
    if message.startswith("No filter"):
        return "correct the filter's name, after the `|`"
    if message.startswith("environment variable"):
        return "set it, or give it a default: env_var('NAME', 'value')"
    if "unknown tag" in message:
        return "correct the word after `{%`, or remove the tag"
    return (
        "look at the braces there and above: `{{` ends with `}}`, `{%` with `%}`, `{% if %}` with"
        " `{% endif %}`"
    )


def broken_jinja(error: BrokenJinja, path: str) -> PlatformError:
    """Broken Jinja as an error of ours."""
    return PlatformError(
        f"Broken Jinja in {path}: {error.message}",
        where=Where(path, error.line or None),
        hint=_jinja_hint(error.message),
    )


def _broken_python(error: BrokenJinja, path: str) -> PlatformError:
    literals = error.message.startswith("dbt")
    return PlatformError(
        f"Broken Python in {path}: {error.message}",
        where=Where(path, error.line or None),
        hint="dbt does not run the file to parse it: write the values out"
        if literals
        else "look at brackets, quotes and indentation, there and above",
    )
