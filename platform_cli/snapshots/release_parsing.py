"""dbt's parsing of a project for one release after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from platform_cli import dbt_runner
from platform_cli.dbt_runner import LateSource
from platform_cli.errors import PlatformError
from platform_cli.project.graph import Graph
from platform_cli.project.project import Project
from platform_cli.project.resources import AnyResource, Operation, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from platform_cli.dbt_runner import Options, Parsed

_Read = dict[str, AnyResource]
_LATE = ("meta", "loaded_at_field")


class ReleaseParsing:
    """dbt parses anew only for a release that changes more than where the sources lie.

    What a release changes of all that a node reads is seen in the files; where they do not tell,
    dbt parses. `parsed` is the project as `options`, with these variables, have it.
    """

    def __init__(
        self,
        project: Path,
        unique_id: str,
        parsed: Parsed,
        options: Options,
        variables: Mapping[str, Any],
    ) -> None:
        self._project = project
        self._unique_id = unique_id
        self._parsed = parsed
        self._read = self._read_by(options, variables)

    def parse(self, options: Options, variables: Mapping[str, Any]) -> Parsed:
        """The project as dbt has it with these options, whose `vars` are these variables."""
        read = self._read_by(options, variables)
        late = _late(self._read, read)
        self._read = read
        changed = None if late is None else dbt_runner.with_sources(self._parsed, late)
        self._parsed = changed or dbt_runner.parse(self._project, options)
        return self._parsed

    def _read_by(self, options: Options, variables: Mapping[str, Any]) -> _Read | None:
        """All that a run of the node begins with, None when the files do not tell."""
        try:
            project = Project.load(
                self._project,
                target=options.target,
                profiles_dir=options.profiles_dir,
                vars=variables,
                keep=False,
            )
        except PlatformError:
            return None
        known = project.resources
        broken = any(one.severity == "error" for one in project.problems)
        if broken or self._unique_id not in known:
            return None
        wanted = {self._unique_id, *Graph(known).upstream([self._unique_id])}
        wanted |= {one.unique_id for one in project.of(Operation)}
        read = {unique_id: known[unique_id] for unique_id in sorted(wanted)}
        return None if any(one.undecided for one in read.values()) else read


def _late(before: _Read | None, after: _Read | None) -> dict[str, LateSource] | None:
    """The sources that are others, None when more is."""
    if before is None or after is None or before.keys() != after.keys():
        return None
    found = {}
    for unique_id, now in after.items():
        was = before[unique_id]
        if was == now:
            continue
        if not (isinstance(was, Source) and isinstance(now, Source) and _early(was) == _early(now)):
            return None
        found[unique_id] = LateSource(now.meta, now.loaded_at_field)
    return found


def _early(source: Source) -> Source:
    """The source without what dbt looks at only when it runs."""
    config = {key: value for key, value in source.config.items() if key not in _LATE}
    return replace(source, config=config, meta={}, loaded_at_field=None)
