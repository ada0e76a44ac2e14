"""The template of a kind as files of the project, for a person to change."""

from __future__ import annotations

from pathlib import Path

from platform_cli import __version__
from platform_cli.errors import PlatformError, Where
from platform_cli.project.made_path import TEMPLATES
from platform_cli.project.project import Project
from platform_cli.scaffold.model.kind_template import FILES, KindTemplate
from platform_cli.scaffold.model.kinds import Kind
from platform_cli.scaffold.plan import NewFile

_HEADER = """\
[# The template of {kind}, version {version}, as it came with platform {platform}. It is yours now:
   `platform new-model` fills this file and no longer that of the platform. All that is known is
   in `model`; what stands in double braces is left to dbt. Deleted, ours is used again. #]
"""


def ejected_files(kind: Kind) -> tuple[NewFile, ...]:
    """Both files with a header, in one piece: what ours include is put in."""
    ours = KindTemplate(kind)
    header = _HEADER.format(kind=kind.name, version=ours.version, platform=__version__)
    return tuple(NewFile(ours.path(name), header + ours.text(name)) for name in FILES)


def refuse_read_by_dbt(project: Project) -> None:
    """Raise PlatformError when dbt looks for its own files where templates go."""
    for path in project.model_paths:
        if Path(path) == Path() or Path(path).parts[:1] == (TEMPLATES,):
            raise PlatformError(
                f"dbt reads models in {path!r}, where the templates would lie",
                hint=f"let model-paths name a folder that does not hold {TEMPLATES}/",
                where=Where("dbt_project.yml"),
            )
