"""Files that a project should have, against those that it has."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platform_cli.errors import PlatformError, Where
from platform_cli.project.edits.drafts import Change
from platform_cli.project.edits.unified import unified
from platform_cli.scaffold.adoption.vendored import Lock, fingerprint, renewed

Stays = Literal["identical", "kept", "conflict"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file from the project's root. What is `ours` is the platform's; the rest is theirs once it
    is written.
    """

    path: str
    text: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Untouched:
    """A file that stays as it is: `kept` is a person's, a `conflict` would have to be another."""

    path: str
    verb: Stays
    present: str = ""
    wanted: str = ""
    old_path: str = ""

    def diff(self) -> str:
        """What would have to change, for a conflict."""
        if self.verb != "conflict":
            return ""
        names = f"a/{self.path}", f"b/{self.path}"
        return "\n".join(unified(self.present, self.wanted, *names))


def compared(
    root: Path, wanted: Iterable[Wanted], lock: Lock | None = None
) -> tuple[list[Change], list[Untouched]]:
    """What has to be made, and what is there; nothing is written.

    What is still as the `lock` has it is as this platform wrote it.

    Raises PlatformError for a file in the way that is no text.
    """
    changes: list[Change] = []
    untouched: list[Untouched] = []
    for one in wanted:
        present = text_of(root, one.path)
        if present is None:
            changes.append(Change(one.path, None, one.text))
            continue
        plain = present.replace("\r\n", "\n")
        locked = lock.files.get(one.path) if lock else None
        if plain == one.text or (
            one.ours and fingerprint(one.path, plain) in (locked, fingerprint(one.path, one.text))
        ):
            untouched.append(Untouched(one.path, "identical"))
        elif one.ours:
            wish = renewed(one.path, present, one.text)
            untouched.append(Untouched(one.path, "conflict", present, wish))
        else:
            untouched.append(Untouched(one.path, "kept"))
    return changes, untouched


def text_of(root: Path, path: str) -> str | None:
    """The text of a file of the project with its line ends; None when there is none.

    Raises PlatformError when something else has its name, or it cannot be read as text.
    """
    try:
        # The root need not be there yet: the way up from it is no way of the file system's.
        return Path(os.path.normpath(root / path)).read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise PlatformError(
            f"{path} cannot be read: {said}",
            where=Where(path),
            hint="nothing was written; move it away, or mend it",
        ) from None
