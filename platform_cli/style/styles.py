"""What sqlfluff finds in a project's SQL, kept on disk: it is imported for what is new only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from platform_cli.project.reading.sealed_file import code_seal
from platform_cli.project.resources import Analysis, Model, Node, Snapshot, Undecided
from platform_cli.project.sql.kept import Kept
from platform_cli.project.sql.seals import seal
from platform_cli.style.fault import Outcome, Task
from platform_cli.style.settings import SettingsFiles, folders_of, settings_seal

if TYPE_CHECKING:
    from platform_cli.project.project import Project
    from platform_cli.project.sql.positions import Rendered
    from platform_cli.style.many import Progress

Styled: TypeAlias = Model | Snapshot | Analysis
"""What has SQL that a person laid out."""
_NOTHING = Outcome()
_GUESS = "known_to_dbt"
"""A plain name: in most places where SQL is generated one can stand."""


class Styles:
    """The faults by node. `keep` writes down what is new."""

    def __init__(self, project: Project, nodes: Iterable[object], home: Path | None = None) -> None:
        """`nodes` are those that will be asked about: what is new of them is looked at together.

        `home` is the project's own folder, where its settings are, when it is read elsewhere.
        """
        self._project = project
        self._nodes = [
            one for one in nodes if isinstance(one, Styled) and one.path.endswith(".sql")
        ]
        self._home = home or project.root
        self._files = SettingsFiles(self._home)
        self._kept: Kept[Outcome] | None = None
        self._found: dict[str, Outcome] = {}
        self.folders = folders_of(self._home, [one.path for one in self._nodes])
        """Where settings of sqlfluff may lie, from the project's folder."""
        self.settings = b""
        """A fingerprint of these settings, as they were read."""

    def of(self, node: Node) -> Outcome:
        """The faults in a node's own SQL, or why they cannot be told."""
        return self._found.get(node.unique_id, _NOTHING)

    @property
    def environment(self) -> dict[str, bytes]:
        """The variables that the SQL asked for, as fingerprints, once it is kept."""
        return self._kept.environment if self._kept else {}

    def keep(self) -> None:
        """Write down what is known, if any of it is new."""
        if self._kept is not None:
            self._kept.keep()

    def look(self, progress: Progress | None = None) -> None:
        """Find what is not known yet; before that nothing is. `progress` is told of new files.

        Raises PlatformError when sqlfluff refuses the project's settings.
        """
        self.settings = settings_seal(self._home, self.folders)
        salt = seal(self.settings, code_seal(str(Path(__file__).parent)))
        kept = self._kept = Kept[Outcome](self._project, Outcome, "style", salt)
        new: list[tuple[Styled, Task]] = []
        for node in self._nodes:
            outcome = kept.find(node)
            if outcome is None:
                content = kept.content(node)
                asked = task_of(self._project, kept, node, content, self._files, guess=_GUESS)
                if isinstance(asked, Task):
                    new.append((node, asked))
                    continue
                outcome = asked
                kept.put(node, outcome)
            self._found[node.unique_id] = outcome
        if not new:
            return
        from platform_cli.style.many import lint_all

        found = lint_all([task for _, task in new], progress)
        for (node, _), outcome in zip(new, found, strict=True):
            self._found[node.unique_id] = outcome
            kept.put(node, outcome)


def task_of(
    project: Project,
    kept: Kept[Outcome],
    node: Node,
    content: bytes,
    files: SettingsFiles,
    *,
    guess: str = "",
) -> Task | Outcome:
    """What to ask of sqlfluff about a node whose file holds this, or what is clear without it.

    `guess` stands for what an expression writes that only dbt can tell.
    """
    from platform_cli.project.sql.rendering import own_part

    def made(rendered: Iterable[Rendered]) -> Task | Outcome:
        every = tuple(rendered)
        start, stop = own_part(every[0].source, node)
        if not every[0].source[start:stop].strip():
            return _NOTHING
        return Task(
            path=node.path,
            rendered=every,
            start=start,
            stop=stop,
            files=files.of(node.path),
            adapter=project.scope(node.package_name).macros.adapter,
        )

    if files.ignore(node.path):
        return _NOTHING
    task = kept.read(node, content, made, guess=guess)
    if isinstance(task, Undecided):
        return Outcome(undecided=task.reason, unrendered=True, line=task.line)
    return task
