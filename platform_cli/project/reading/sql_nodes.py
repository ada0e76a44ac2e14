"""The nodes that files define: models, snapshots, analyses, singular tests, seeds; and hooks."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from platform_cli.errors import PlatformError
from platform_cli.project.files.tree import Files, InputFile
from platform_cli.project.locate import PROJECT_FILE
from platform_cli.project.problem import problem_of
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.state import State
from platform_cli.project.settings.project_file import Settings

if TYPE_CHECKING:
    from platform_cli.project.jinja.sql import SqlFacts
    from platform_cli.project.reading.facts import Facts


def add_file_nodes(state: State, settings: Settings, files: Files, facts: Facts) -> None:
    """Put one package's nodes into the state, in the order dbt parses them."""
    package = settings.name
    for draft, file in file_drafts("model", settings, files):
        _parse(state, facts, draft, file)
    for file in files.find(settings.paths["snapshot"], ".sql"):
        _add_snapshots(state, facts, package, file)
    for kind in ("analysis", "test"):
        for draft, file in file_drafts(kind, settings, files):
            _parse(state, facts, draft, file)
    for file in files.find(settings.paths["seed"], ".csv"):
        draft = _draft("seed", package, file.stem, file, file.relative)
        state.configure(draft, package)
        state.add(draft)
    _add_hooks(state, facts, settings)


def file_drafts(
    kind: str, settings: Settings, files: Files, only: Container[str] | None = None
) -> Iterator[tuple[Draft, InputFile]]:
    """A draft for each file that is one model, analysis or singular test, in dbt's order.

    `only` are the paths (from the root project) that are wanted.
    """
    for suffix in (".sql", ".py") if kind == "model" else (".sql",):
        for file in files.find(settings.paths[kind], suffix):
            if only is not None and file.path not in only:
                continue
            if kind == "test" and file.relative.split("/", 1)[0] in {"generic", "fixtures"}:
                continue
            relative = f"analysis/{file.relative}" if kind == "analysis" else file.relative
            draft = _draft(kind, settings.name, file.stem, file, relative)
            if suffix == ".py":
                draft.language = "python"
            yield draft, file


def _draft(kind: str, package: str, name: str, file: InputFile, relative: str) -> Draft:
    folders = os.path.splitext(relative)[0].split("/")[:-1]
    return Draft(
        kind,
        f"{kind}.{package}.{name}",
        name,
        package,
        file.path,
        file.original,
        relative,
        [package, *folders, name],
    )


def _parse(state: State, facts: Facts, draft: Draft, file: InputFile) -> None:
    try:
        read = facts.of_file(file, draft)
    except PlatformError as error:
        state.problems.append(problem_of(error, "file"))
        return
    _finish(state, facts, draft, read)


def _finish(state: State, facts: Facts, draft: Draft, read: SqlFacts) -> None:
    take_facts(draft, read)
    patch = {"materialized": "table"} if draft.language == "python" else None
    if None in draft.call.values():
        # dbt has the project's config in place before config() can null a part of it
        draft.config = state.configs.build(draft.resource_type, draft.fqn, draft.package_name)
    state.configure(draft, draft.package_name, patch)
    try:
        add_hook_references(draft, facts)
    except PlatformError as error:
        state.problems.append(problem_of(error, "jinja"))
    state.add(draft)


def take_facts(draft: Draft, read: SqlFacts) -> None:
    """Give the draft what its SQL says."""
    draft.call = dict(read.config)
    draft.references = list(read.references)
    draft.incremental = read.is_incremental
    draft.undefined = read.undefined
    for key, undecided in read.undecided.items():
        if key.startswith("config."):
            draft.call[key[7:]] = undecided
        else:
            draft.undecided[key] = undecided


def add_hook_references(draft: Draft, facts: Facts) -> None:
    """dbt parses a node's hooks as part of the node: what they refer to, it depends on."""
    config = draft.config
    for hook in (*_hooks(config.get("pre-hook")), *_hooks(config.get("post-hook"))):
        read = facts.of_text(str(hook.get("sql")), draft.path, draft.package_name, draft)
        known = {(ref.kind, ref.args, ref.version) for ref in draft.references}
        draft.references += [
            ref for ref in read.references if (ref.kind, ref.args, ref.version) not in known
        ]
        if "references" in read.undecided:
            draft.undecided.setdefault("references", read.undecided["references"])


def _hooks(value: object) -> list[dict[str, object]]:
    return [hook for hook in value if isinstance(hook, dict)] if isinstance(value, list) else []


def _add_snapshots(state: State, facts: Facts, package: str, file: InputFile) -> None:
    try:
        blocks = facts.snapshot_blocks(file)
    except PlatformError as error:
        state.problems.append(problem_of(error, "file"))
        return
    folders = os.path.splitext(file.relative)[0].split("/")
    for block in blocks:
        draft = Draft(
            "snapshot",
            f"snapshot.{package}.{block.name}",
            block.name,
            package,
            file.path,
            file.original,
            file.relative,
            [package, *folders, block.name],
        )
        draft.line = block.line
        try:
            read = facts.of_block(file, block, draft)
        except PlatformError as error:
            state.problems.append(problem_of(error, "jinja"))
            continue
        _finish(state, facts, draft, read)


def _add_hooks(state: State, facts: Facts, settings: Settings) -> None:
    package = settings.name
    for kind, hooks in (
        ("on-run-start", settings.on_run_start),
        ("on-run-end", settings.on_run_end),
    ):
        for index, sql in enumerate(hooks):
            name = f"{package}-{kind}-{index}"
            draft = Draft(
                "operation",
                f"operation.{package}.{name}",
                name,
                package,
                settings.prefix + PROJECT_FILE,
                f"./{PROJECT_FILE}",
                f"hooks/{name}.sql",
                [package, "hooks", name],
            )
            draft.tags = [kind]
            draft.extra = {"raw_code": str(sql)}
            try:
                read = facts.of_text(str(sql), draft.path, package, draft)
            except PlatformError as error:
                state.problems.append(problem_of(error, "jinja"))
                continue
            _finish(state, facts, draft, read)
