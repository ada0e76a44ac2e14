"""Which statements of a hook change more than the table it hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from platform_cli.conventions.hook_statements import UNCLEAR, statements
from platform_cli.conventions.rule import UndecidedError
from platform_cli.project.resources import Undecided

_CHANGES = re.compile(
    r"(insert|update|delete|merge|truncate|drop|create|alter|replace|rename|undrop|copy|unload"
    r"|export)\b"
)
_OF_THE_TABLE = re.compile(
    r"(create (\w+ )?index\b.* on (only )?this\b|(alter|create) (table|view|\w+ view) this\b"
    r"|alter session\b)"
)


def side_effects(hooks: Iterable[str], allowed: tuple[str, ...], path: str) -> Iterator[str]:
    """The first words of each statement that changes data or other objects.

    What starts as one of `allowed` is none, nor is an index or an attribute of the table itself.
    Raises UndecidedError at the end, when a macro or a variable says a whole statement.
    """
    unclear = ""
    for hook in hooks:
        for statement in statements(hook):
            if statement.startswith(UNCLEAR):
                unclear = unclear or hook
            elif not statement.startswith(allowed) and _changes(statement):
                yield " ".join(statement.split()[:3])
    if unclear:
        raise UndecidedError(
            "hooks", Undecided(f"a macro says what {unclear.strip()!r} does", path)
        )


def _changes(statement: str) -> bool:
    return bool(_CHANGES.match(statement)) and not _OF_THE_TABLE.match(statement)
