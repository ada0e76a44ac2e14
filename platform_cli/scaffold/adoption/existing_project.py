"""What a dbt project gets that is there: the platform beside its models, and no other model."""

from __future__ import annotations

from platform_cli.config import FILE_NAME
from platform_cli.project.layers import Layers
from platform_cli.project.project import Project
from platform_cli.project.resources import Group, Model, Undecided
from platform_cli.scaffold.adoption.adapter import likely_adapter
from platform_cli.scaffold.adoption.files import Untouched, Wanted, compared, text_of
from platform_cli.scaffold.adoption.found import Found
from platform_cli.scaffold.adoption.layering import Layering, layering
from platform_cli.scaffold.adoption.merged import edited, hooked, ignoring
from platform_cli.scaffold.adoption.owners import NewGroup, owners_in_meta
from platform_cli.scaffold.adoption.package_entry import downloads, package_edits
from platform_cli.scaffold.adoption.repository_files import repository_files
from platform_cli.scaffold.adoption.snapshot_lines import snapshot_edits
from platform_cli.scaffold.adoption.surroundings import Surroundings
from platform_cli.scaffold.adoption.templates import rendered
from platform_cli.scaffold.adoption.vendored import (
    Lock,
)


def adopted(project: Project, place: Surroundings, owner: NewGroup, lock: Lock | None) -> Found:
    """What is added to this project, and what is there already; nothing is written.

    `lock` says what an earlier run has written. `owner` is the group to declare where the project
    has none and nobody is named in `meta.owner`.

    Raises PlatformError for a file that would have to be edited and cannot be, safely.
    """
    made = Found()
    adapter = _adapter(project, place, made)
    models = [one for one in project.of(Model) if one.package_name == project.name]
    layers = _layers(project, models, made)
    groups = _groups(project, owner, made)
    unsaid = adapter if isinstance(project.target, Undecided) and adapter != "duckdb" else ""
    wrong = {one.kind for one in project.problems if one.severity == "error"} - {"profile"}
    unpacked = sorted(wrong) if "package" in wrong else []
    if unpacked:
        made.notes.append(
            "not all packages are installed, so the project is not wholly read: `dbt deps`, then"
            " `platform check --write-baseline --grow-baseline` takes in what shows then"
        )
    text = rendered(
        "platform.yml",
        adapter=unsaid,
        unpacked=unpacked,
        layers=layers.layers,
        notes=layers.notes,
    )
    made.wanted.append(Wanted(FILE_NAME, text))
    if groups:
        path = f"{project.model_paths[0].rstrip('/')}/_groups.yml"
        made.wanted.append(Wanted(path, rendered("groups.yml", groups=groups)))
    edits = [*package_edits(project, made), *snapshot_edits(project, adapter, made)]
    folders = _marts(models, layers, project)
    made.wanted += repository_files(place, builds=False, deps=downloads(project), owners=folders)
    if place.other_ci:
        made.notes.append(
            f"{place.other_ci}: no GitHub workflow was made; let it run `platform check`"
        )
    changes, untouched = compared(project.root, made.wanted, lock)
    merged = [*edited(project, edits), *hooked(project, place, made), *ignoring(project, place)]
    made.changes = [*changes, *merged]
    made.untouched = untouched
    here = {one.path for one in made.changes}
    made.untouched += [
        Untouched(path, "identical") for path in {one.path for one in edits} if path not in here
    ]
    return made


def _adapter(project: Project, place: Surroundings, made: Found) -> str:
    if not isinstance(project.target, Undecided):
        made.facts["target"] = {"name": project.target.name, "type": project.target.type}
        made.notes.append(
            f"profile {project.target.profile}, target {project.target.name}"
            f" ({project.target.type})"
        )
        return project.target.type
    adapter = likely_adapter(project.root, place.base)
    said = next((one.message for one in project.problems if one.kind == "profile"), "")
    why = said or project.target.reason
    made.notes.append(
        f"no target is known: {why}; the SQL is taken for {adapter or 'duckdb'}'s"
        f"{', as files around it say' if adapter else ''}"
    )
    made.facts["adapter"] = adapter or None
    return adapter


def _groups(project: Project, owner: NewGroup, made: Found) -> tuple[NewGroup, ...]:
    there = sorted(one.name for one in project.of(Group) if one.package_name == project.name)
    if there:
        made.facts["groups"] = there
        made.notes.append(f"owners: its groups {', '.join(there)}")
        return ()
    own = [one for one in project.resources.values() if one.package_name == project.name]
    groups = owners_in_meta(own)
    if groups:
        made.notes.append(f"owners: {_few([one.name for one in groups])}, as in meta.owner")
    else:
        groups = (owner,)
        made.notes.append(f"no owners were found: one group, {groups[0].name}")
    made.facts["groups"] = [one.name for one in groups]
    return groups


def _layers(project: Project, models: list[Model], made: Found) -> Layering:
    found = layering(models, project.model_paths, project.resources)
    if text_of(project.root, FILE_NAME) is not None:
        made.notes.append(f"{FILE_NAME} is there: what it says of layers holds")
        return found
    made.facts["layers"] = {
        name: {"folders": one.folders, "prefixes": one.prefixes, "parents": one.parents}
        for name, one in found.layers.items()
    }
    made.notes += [
        f"{name}: {_few(list(one.folders))}, named {_few(list(one.prefixes)) or 'anyhow'},"
        f" reads {', '.join(one.parents) or 'anything'}"
        for name, one in found.layers.items()
    ]
    made.notes += found.notes
    return found


def _marts(models: list[Model], found: Layering, project: Project) -> list[tuple[str, str]]:
    layers = Layers(dict(found.layers), project.model_paths)
    pairs = {
        (f"{one.path.rpartition('/')[0]}/", one.group.replace("_", "-"))
        for one in models
        if one.group and layers.of(one) == "marts"
    }
    return sorted(pairs)


def _few(words: list[str]) -> str:
    shown, rest = ", ".join(words[:_SHOWN]), len(words) - _SHOWN
    return f"{shown} and {rest} more" if rest > 0 else shown


_SHOWN = 5
