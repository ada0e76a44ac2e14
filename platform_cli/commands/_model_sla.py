"""How fresh a new model will be: said, asked for, or still to be written where a rule wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from platform_cli.commands._questions import asked
from platform_cli.config import Check
from platform_cli.conventions.meta_value import says
from platform_cli.conventions.rules.sla_declared import sla_declared
from platform_cli.conventions.rules_in_use import rule_in_use
from platform_cli.project.edits.written import written
from platform_cli.project.layers import Layers
from platform_cli.project.locate import PROJECT_FILE
from platform_cli.project.reading.configs import level_config
from platform_cli.scaffold.model.kinds import Kind

if TYPE_CHECKING:
    from platform_cli.project.project import Project


class Sla(NamedTuple):
    """What `meta` says under a key; without words nothing."""

    words: str
    key: str = "sla"


def model_sla(wish: str | None, kind: Kind, folder: str, project: Project, check: Check) -> Sla:
    """As wished; what others may read is asked about. A TODO where `check` would miss it."""
    words = (asked("How fresh will it be, as 24h?", wish) if kind.public else wish) or ""
    rule = rule_in_use(sla_declared, check, project.root)
    key = rule.settings["key"] if rule else ""
    if rule is None or "." in key:  # of a mapping in `meta`, which people fill in themselves
        return Sla(words)
    layer = Layers(check.layers, project.model_paths).at(f"{folder}/")
    wanted = layer in rule.settings["in_layers"] and not _is_said(project, folder, key)
    return Sla(words or ("TODO" if wanted else ""), key)


def _is_said(project: Project, folder: str, key: str) -> bool:
    """Whether dbt_project.yml says it for all models of the folder."""
    tree = written(project, PROJECT_FILE, ("models",))
    top = next((one for one in project.model_paths if f"{folder}/".startswith(f"{one}/")), "")
    for name in (project.name, *folder.removeprefix(top).strip("/").split("/"), ""):
        if not isinstance(tree, dict):
            return False
        meta = level_config(tree).get("meta")
        if isinstance(meta, dict) and says(meta.get(key)):
            return True
        tree = tree.get(name)
    return False
