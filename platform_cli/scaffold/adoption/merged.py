"""Files of a person's that get a line more: by key, with all that is in them kept."""

from __future__ import annotations

import os

import yaml

from platform_cli.errors import PlatformError, Where
from platform_cli.project.duckdb_file import duckdb_file
from platform_cli.project.edits.drafts import Change, Drafts
from platform_cli.project.edits.edit import AddItem, RefusedError, YamlEdit
from platform_cli.project.project import Project
from platform_cli.project.resources import Undecided
from platform_cli.scaffold.adoption.files import Untouched, text_of
from platform_cli.scaffold.adoption.found import Found
from platform_cli.scaffold.adoption.repository_files import HOOKS, hook
from platform_cli.scaffold.adoption.surroundings import Surroundings

_IGNORED = ("target/", "logs/", "dbt_packages/")


def edited(project: Project, edits: list[YamlEdit]) -> list[Change]:
    """The edits, made in memory. One after the other: each may be in a file of its own."""
    drafts = Drafts(project.root)
    for edit in edits:
        _make(drafts, edit)
    return list(drafts.changes())


def hooked(project: Project, place: Surroundings, made: Found) -> list[Change]:
    """The hook in a `.pre-commit-config.yaml` that is there, unless it has one."""
    text = text_of(place.base, HOOKS)
    if text is None or any(one.path.endswith(HOOKS) for one in made.wanted):
        return []
    path = os.path.relpath(place.base / HOOKS, project.root).replace(os.sep, "/")
    if "platform-check" in text:
        made.untouched.append(Untouched(path, "identical"))
        return []
    drafts = Drafts(project.root)
    _make(drafts, AddItem(path, ("repos",), hook(place)))
    return list(drafts.changes())


def _make(drafts: Drafts, edit: YamlEdit) -> None:
    try:
        text = drafts.text(edit.path) or ""
        if twice := _key_twice(text):
            key, line = twice
            raise PlatformError(
                f"{edit.path} is not edited: {key!r} is there twice",
                where=Where(edit.path, line),
                hint="nothing was written; take one of the two away, then run this again",
            )
        drafts.make([edit])
    except (RefusedError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        raise PlatformError(
            f"{edit.path} is not edited: {said}",
            where=Where(edit.path, mark.line + 1 if mark else None),
            hint="nothing was written; mend that, then run this again",
        ) from None


def _key_twice(text: str) -> tuple[str, int] | None:
    """The first key that a mapping has twice, with its line."""
    top = yaml.compose(text, yaml.CSafeLoader)
    todo, done = [top], set[int]()
    while todo:
        node = todo.pop()
        if node is None or id(node) in done:
            continue
        done.add(id(node))
        seen = set[str]()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    if key.value in seen and key.value != "<<":
                        return key.value, key.start_mark.line + 1
                    seen.add(key.value)
                todo.append(value)
        elif isinstance(node, yaml.SequenceNode):
            todo += node.value
    return None


def ignoring(project: Project, place: Surroundings) -> list[Change]:
    """What dbt makes is not committed: lines at the end of .gitignore, unless git knows them."""
    made = (*_IGNORED, *_databases(project))
    if place.in_git:
        inside = {one: f"{one}x" if one.endswith("/") else one.replace("*", "x") for one in made}
        missing = [one for one, path in inside.items() if not place.ignored(path)]
    else:
        there = (text_of(project.root, ".gitignore") or "").split()
        missing = [one for one in made if one not in there and one.rstrip("/") not in there]
    if not missing:
        return []
    before = text_of(project.root, ".gitignore")
    end = "\r\n" if before and "\r\n" in before else "\n"
    start = before if not before or before.endswith("\n") else before + end
    after = (start or "") + "".join(f"{one}{end}" for one in missing)
    return [Change(".gitignore", before, after)]


def _databases(project: Project) -> tuple[str, ...]:
    """Patterns of the database that the profile has in the project's folder."""
    file = duckdb_file(project)
    if isinstance(file, Undecided) or not file.suffix:
        return ()
    if not file.resolve().is_relative_to(project.root.resolve()):
        return ()
    return f"*{file.suffix}", f"*{file.suffix}.wal"
