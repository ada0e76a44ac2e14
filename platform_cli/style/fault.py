"""What is asked of sqlfluff, and what it answers."""

from __future__ import annotations

from msgspec import Struct

from platform_cli.project.sql.positions import Rendered


class Fault(Struct, frozen=True, array_like=True):
    """One violation in sqlfluff's words: the code and name of its rule, and what it says."""

    code: str
    name: str
    message: str
    line: int
    column: int
    fixable: bool


class Outcome(Struct, frozen=True, array_like=True):
    """The violations of one node; and why they, or others, cannot be told, which is never a pass.

    `unrendered` is whether that is because only dbt can render it, from `line` on.
    """

    faults: tuple[Fault, ...] = ()
    undecided: str = ""
    unrendered: bool = False
    line: int = 0


class Task(Struct, frozen=True):
    """A node's SQL as it was rendered (an incremental one twice), from `start` to `stop` in its
    file, and the settings files that are for it.
    """

    path: str
    rendered: tuple[Rendered, ...]
    start: int
    stop: int
    files: tuple[tuple[str, str], ...]
    adapter: str

    @property
    def is_whole(self) -> bool:
        """Whether it is all of its file."""
        return self.start == 0 and self.stop == len(self.rendered[0].source)
