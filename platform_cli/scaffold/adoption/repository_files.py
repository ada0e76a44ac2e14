"""What the repository around a project gets: a workflow, a hook before commits, CODEOWNERS."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence

from platform_cli import __version__
from platform_cli.scaffold.adoption.files import Wanted
from platform_cli.scaffold.adoption.surroundings import Surroundings
from platform_cli.scaffold.adoption.templates import rendered

HOOKS = ".pre-commit-config.yaml"
_CODEOWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")


def repository_files(
    place: Surroundings, *, builds: bool, deps: bool, owners: Sequence[tuple[str, str]]
) -> Iterator[Wanted]:
    """The files, from the project's root; `owners` are folders with the groups they belong to.

    The workflow checks, and where it can, `builds`; with `deps` it gets the packages first.
    """
    if not place.other_ci:
        # One for each project of the repository.
        inside = place.prefix.rstrip("/").replace("/", "_")
        path = f".github/workflows/{f'platform_{inside}' if inside else 'platform'}.yml"
        text = workflow(place, builds=builds, deps=deps)
        yield Wanted(_from_root(place, path), text, ours=True)
    if not (place.base / HOOKS).exists():
        text = rendered("pre_commit.yml", in_folder=_in_folder(place))
        yield Wanted(_from_root(place, HOOKS), text)
    there = [one for one in _CODEOWNERS if (place.base / one).exists()]
    text = rendered("codeowners", prefix=place.prefix, owners=owners)
    if there:
        yield Wanted(_from_root(place, there[0]), text)
    elif not place.other_ci:
        yield Wanted(_from_root(place, _CODEOWNERS[0]), text)


def workflow(place: Surroundings, *, builds: bool, deps: bool) -> str:
    """The text of the workflow."""
    return rendered(
        "workflow.yml",
        builds=builds,
        deps=deps,
        branch=place.branch,
        in_folder=_in_folder(place),
        folder=shlex.quote(place.prefix.rstrip("/") or "."),
        version=__version__,
    )


def hook(place: Surroundings) -> dict[str, object]:
    """The entry of a `.pre-commit-config.yaml` that is there."""
    return {
        "repo": "local",
        "hooks": [
            {
                "id": "platform-check",
                "name": "conventions of the dbt project",
                "entry": f"platform{_in_folder(place)} check --changed HEAD",
                "language": "system",
                "pass_filenames": False,
                "files": r"\.(sql|py|ya?ml|csv|md)$",
            }
        ],
    }


def _in_folder(place: Surroundings) -> str:
    """The option that leads from the repository to the project."""
    inside = place.prefix.rstrip("/")
    return f" -C {shlex.quote(inside)}" if inside else ""


def _from_root(place: Surroundings, path: str) -> str:
    return os.path.relpath(place.base / path, place.root).replace(os.sep, "/")
