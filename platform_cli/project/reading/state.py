"""What the parts of a load share while the project is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from platform_cli.project.jinja.scope import Scope
from platform_cli.project.problem import Problem
from platform_cli.project.reading.configs import Configs
from platform_cli.project.reading.draft import Draft
from platform_cli.project.reading.relation_names import COMPONENTS, RelationNames
from platform_cli.project.resources import Exposure, Group, Source, Undecided, UnitTest
from platform_cli.project.settings.project_file import Settings


@dataclass(slots=True)
class State:
    """The load in progress: nodes as drafts, enabled and disabled, and what went wrong."""

    root: Settings
    packages: Mapping[str, Settings]
    scopes: Mapping[str, Scope]
    configs: Configs
    names: RelationNames
    nodes: dict[str, Draft] = field(default_factory=dict)
    disabled: dict[str, list[Draft]] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    disabled_others: list[Source | Exposure | UnitTest] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, draft: Draft) -> None:
        """Put a node in its place; a second enabled one of the same id is a problem."""
        if draft.config.get("enabled") is False:
            draft.enabled = False
            self.disabled.setdefault(draft.unique_id, []).append(draft)
            return
        other = self.nodes.get(draft.unique_id)
        if other is not None:
            self.problems.append(duplicate(draft, other))
            return
        self.nodes[draft.unique_id] = draft

    def configure(self, draft: Draft, package: str, patch: dict[str, Any] | None = None) -> None:  # noqa: C901, PLR0912
        """Work out the node's config and all that follows from it: tags, meta, group, names.

        `package` is whose dbt_project.yml counts as the node's own: for a properties file, that
        file's package.
        """
        config = self.configs.build(draft.resource_type, draft.fqn, package, draft.call, patch)
        for tag in _known(config, "tags", []):
            if tag not in draft.tags:
                draft.tags.append(tag)
        if isinstance(config.get("tags"), Undecided):
            draft.undecided["tags"] = config["tags"]
        if meta := config.get("meta"):
            if isinstance(meta, Undecided):
                draft.undecided["meta"] = meta
            else:
                draft.meta = meta
        if group := config.get("group"):
            if isinstance(group, Undecided):
                draft.undecided["group"] = group
            else:
                draft.group = group
        if draft.resource_type == "model" and (access := config.get("access")):
            if isinstance(access, Undecided):
                draft.undecided["access"] = access
            else:
                draft.access = access
        if isinstance(config.get("enabled"), Undecided):
            draft.undecided["enabled"] = config["enabled"]
        if config.get("incremental_strategy") == "microbatch":
            config = self._with_begin(config)
        # a null in a stronger place does not take away what a weaker pass said before
        draft.config = {**draft.config, **config} if draft.config.keys() - config.keys() else config
        self.names.name(draft, config)
        if whole := draft.undecided.get("config"):
            # an unknown config() call may have said anything
            for key in ("enabled", "tags", "meta", "group", "access", *COMPONENTS):
                draft.undecided.setdefault(key, whole)
            draft.database = draft.schema = draft.alias = None

    def _with_begin(self, config: dict[str, Any]) -> dict[str, Any]:
        """dbt makes a point in time of the day a microbatch model begins."""
        begin = config.get("begin")
        if config.get("materialized") != "incremental" or not isinstance(begin, str):
            return config
        try:
            return {**config, "begin": datetime.fromisoformat(begin).isoformat()}
        except ValueError:
            return config


def duplicate(draft: Draft, other: Draft) -> Problem:
    """Two resources that dbt cannot tell apart."""
    kind = draft.resource_type
    return Problem(
        message=f"Two {kind}s are named {draft.name!r}: {other.path} and {draft.path}",
        kind="duplicate",
        path=draft.path,
        line=draft.line,
        hint="give one of them another name; names are unique in a package",
        resource=draft.unique_id,
    )


def _known(config: dict[str, Any], key: str, default: Any) -> Any:
    value = config.get(key, default)
    return default if isinstance(value, Undecided) else value
