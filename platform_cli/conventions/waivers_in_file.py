"""Waivers for many resources at once, in `waivers.yml` beside dbt_project.yml:

waivers:
  - rules: [model-has-primary-key, columns-documented]
    resources: ["stg_legacy_*", models/legacy/]
    until: 2027-01-31
    owner: growth
    reason: the old warehouse is switched off in January

A pattern with a slash is one of paths, as in .gitignore; any other is one of names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platform_cli.conventions.own_files import WAIVERS
from platform_cli.conventions.rule import Violation
from platform_cli.conventions.stray_waivers import stray_waivers
from platform_cli.conventions.written_waiver import LAST_DAY, WrittenWaiver
from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.files.tree import decode, read_bytes
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Source

if TYPE_CHECKING:
    from pathspec import PathSpec
    from yaml import Node

KEYS = ("rules", "resources", "until", "owner", "reason")
FORM = (
    '`{rules: [RULE], resources: ["NAME*"], until: ' + LAST_DAY + ', owner: GROUP, reason: "..."}`'
)


def waivers_in_file(root: Path, resources: Sequence[AnyResource]) -> Iterator[WrittenWaiver]:
    """What the file waives for these resources, by patterns of their names and paths.

    Raises PlatformError, with the line, when the file is no YAML or has no list of waivers.
    """
    path = root / WAIVERS
    if not path.is_file():
        return
    for entry in _entries(path):
        yield from _of_entry(entry, resources)


def not_read(project: Project) -> Iterator[Violation]:
    """What to say of files of waivers that have another name or place."""
    for path in stray_waivers(project):
        there = (project.root / WAIVERS).is_file()
        yield Violation(
            f"{path} is not read: waivers stand in {WAIVERS} beside dbt_project.yml",
            at=Where(path),
            help=f"move its entries to {WAIVERS}" if there else f"rename it to {WAIVERS}, there",
        )


def _entries(path: Path) -> list[Node]:
    import yaml

    text = decode(read_bytes(str(path), WAIVERS), WAIVERS)
    try:
        top = yaml.compose(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(WAIVERS, mark.line + 1, mark.column + 1) if mark else Where(WAIVERS)
        raise PlatformError(
            f"{WAIVERS} is not valid YAML: {error.problem}",
            hint="look at the indentation, colons and quotes around this place",
            where=where,
        ) from None
    except yaml.YAMLError as error:
        raise PlatformError(
            f"{WAIVERS} cannot be read: {error}",
            hint="is it data that got this name? write one entry per waiver",
            where=Where(WAIVERS),
        ) from None
    if top is None:
        return []
    for key, value in top.value if isinstance(top, yaml.MappingNode) else ():
        if key.value == "waivers" and isinstance(value, yaml.SequenceNode) and len(top.value) == 1:
            return list(value.value)
        if key.value == "waivers" and value.value == "" and len(top.value) == 1:
            return []
    raise PlatformError(
        f"{WAIVERS} has to be a list under `waivers:`, and nothing else",
        hint=f"write one entry per waiver: {FORM.replace(LAST_DAY, 'DAY')}",
        where=Where(WAIVERS, 1),
    )


def _of_entry(entry: Node, resources: Sequence[AnyResource]) -> Iterator[WrittenWaiver]:
    terms = _terms(entry)
    rules, patterns = _words(terms.get("rules")), _words(terms.get("resources"))
    unclear = next(_faults(terms, rules, patterns), "")
    by_path = _by_path(patterns)
    covered = tuple(
        one.unique_id
        for one in (() if unclear else resources)
        if _is_named(one, patterns) or _matches(by_path, one.path)
    )
    lines = _lines(entry)
    for rule in rules or ["RULE"]:
        yield WrittenWaiver(
            rule=rule,
            terms=terms,
            place=partial(_place, lines, rule),
            resources=covered,
            form=FORM.replace("RULE", rule),
            covers_path=partial(_matches, by_path),
            unclear=unclear,
        )


def _faults(terms: dict[str, Any], rules: list[str], patterns: list[str]) -> Iterator[str]:
    for key in terms:
        if key not in KEYS:
            near = did_you_mean(str(key), KEYS) or f"known: {', '.join(KEYS)}"
            yield f"the waiver has an unknown key {key!r}: {near}"
    if not rules:
        yield "the waiver names no rule under `rules`"
    if not patterns:
        yield "the waiver names no resource under `resources`"


def _terms(entry: Node) -> dict[str, Any]:
    """The entry's keys with texts, or lists of texts: a date is text here, too."""
    import yaml

    pairs = entry.value if isinstance(entry, yaml.MappingNode) else ()
    return {
        str(key.value): [_text(one) for one in value.value]
        if isinstance(value, yaml.SequenceNode)
        else _text(value)
        for key, value in pairs
    }


def _text(node: Node) -> str:
    known = isinstance(node.value, str) and not node.tag.endswith(":null")
    return node.value if known else ""


def _words(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str) and one]


def _lines(entry: Node) -> dict[str, Where]:
    """The place of every text in the entry; under "" its own."""
    import yaml

    found = {"": _at(entry)}
    for _, value in entry.value if isinstance(entry, yaml.MappingNode) else ():
        for one in value.value if isinstance(value, yaml.SequenceNode) else (value,):
            found.setdefault(_text(one), _at(one))
    return found


def _place(lines: dict[str, Where], word: str) -> Where:
    return lines.get(word, lines[""])


def _at(node: Node) -> Where:
    return Where(WAIVERS, node.start_mark.line + 1, node.start_mark.column + 1)


def _is_named(resource: AnyResource, patterns: list[str]) -> bool:
    name = resource.name
    if isinstance(resource, Source):
        name = f"{resource.source_name}.{resource.name}"
    return any("/" not in one and fnmatchcase(name, one) for one in patterns)


def _by_path(patterns: list[str]) -> PathSpec | None:
    paths = [one for one in patterns if "/" in one or one.endswith((".yml", ".sql", ".py", ".csv"))]
    if not paths:
        return None
    from pathspec import PathSpec

    return PathSpec.from_lines("gitwildmatch", paths)


def _matches(spec: PathSpec | None, path: str) -> bool:
    return spec is not None and bool(spec.match_file(path))
