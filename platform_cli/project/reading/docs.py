"""Doc blocks, and descriptions that use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from platform_cli.errors import PlatformError
from platform_cli.project.files.tree import Files, decode
from platform_cli.project.files.yaml_values import has_jinja
from platform_cli.project.problem import Problem, problem_of
from platform_cli.project.resources import Column, Undecided
from platform_cli.project.settings.project_file import Settings

if TYPE_CHECKING:
    from platform_cli.project.files.inputs import Inputs
    from platform_cli.project.jinja.scope import Scope

Docs = dict[str, dict[str, str]]
"""Name -> package -> text."""


def read_docs(
    settings: Settings, files: Files, inputs: Inputs, docs: Docs, problems: list[Problem]
) -> None:
    """Add the doc blocks of one package's Markdown files."""
    folders = settings.paths.get("docs") or settings.yaml_folders
    for file in files.find(folders, ".md"):
        try:
            content = inputs.read(file)
            if b"docs" not in content:
                continue
            text = decode(content, file.path).strip()
        except PlatformError as error:
            problems.append(problem_of(error, "file"))
            continue
        from platform_cli.project.jinja.blocks import extract_blocks
        from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_text

        try:
            for block in extract_blocks(text, {"docs"}):
                value = render_text(block.contents, {}).strip()
                docs.setdefault(block.name, {})[settings.name] = value
        except (BrokenJinja, Unknown) as error:
            problems.append(
                Problem(
                    message=f"Broken Jinja in {file.path}: {error}",
                    kind="jinja",
                    path=file.path,
                    line=error.line,
                )
            )


class Descriptions:
    """Renders descriptions, with `doc()`."""

    def __init__(self, docs: Docs, root: str, scopes: Mapping[str, Scope]) -> None:
        self._docs = docs
        self._root = root
        self._scopes = scopes
        self._names: dict[str, dict[str, Any]] = {}
        self._known: dict[tuple[str, str], str | Undecided] = {}

    def render(self, text: str, package: str, path: str) -> str | Undecided:
        """The text with its Jinja rendered; Undecided when that fails or only dbt can tell."""
        if not has_jinja(text):
            return text
        known = self._known.get((package, text))
        if known is None:
            known = self._known[(package, text)] = self._render(text, package, path)
        return known

    def columns(
        self, columns: dict[str, Column], package: str, path: str, undecided: dict[str, Undecided]
    ) -> dict[str, Column]:
        """The columns with their descriptions rendered."""
        if not any(has_jinja(column.description) for column in columns.values()):
            return columns
        from msgspec.structs import replace

        result = {}
        for name, column in columns.items():
            text = self.render(column.description, package, path)
            if isinstance(text, Undecided):
                undecided[f"columns.{name}.description"] = text
            else:
                column = replace(column, description=text)
            result[name] = column
        return result

    def _render(self, text: str, package: str, path: str) -> str | Undecided:
        from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_text

        names = self._names.get(package)
        if names is None:
            names = dict(self._scopes[self._root].yaml_names())
            names["doc"] = lambda *args: self._doc(package, *args)
            self._names[package] = names
        try:
            return render_text(text, names)
        except (BrokenJinja, Unknown) as error:
            return Undecided(str(error), path, error.line)

    def _doc(self, package: str, *args: str) -> str:
        from platform_cli.project.jinja.dialect import BrokenJinja

        if not 1 <= len(args) <= 2:  # noqa: PLR2004
            raise BrokenJinja("doc() takes a name, or a package and a name")
        by_package = self._docs.get(args[-1], {})
        if len(args) == 2:  # noqa: PLR2004
            places: tuple[str, ...] = (args[0],)
        elif package == self._root:
            places = (package,)
        else:
            places = (self._root, package)
        for place in places:
            if place in by_package:
                return by_package[place]
        if len(args) == 1 and by_package:
            return next(iter(by_package.values()))
        raise BrokenJinja(f"there is no doc block named {args[-1]!r}")
