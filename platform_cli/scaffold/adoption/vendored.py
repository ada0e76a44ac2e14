"""The files that belong to the platform in somebody's project, and how they were when written.

They are the macros package, the lines that hand snapshots over to it, and the marked part of the
workflow. `platform.lock` beside dbt_project.yml has the version, and a hash of each: what differs
from its hash was edited by a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from platform_cli import __version__
from platform_cli.errors import ExitCode, PlatformError, Where

LOCK = "platform.lock"
PACKAGE = "platform_macros"
PACKAGE_FOLDER = f"local_packages/{PACKAGE}"
"""Where the macros package goes, from the project's root."""
LOCK_FORMAT = 1
_PART = re.compile(r"^ *# platform: begin.*?^ *# platform: end[^\n]*\n", re.MULTILINE | re.DOTALL)
_SUFFIXES = {".sql", ".yml", ".md"}
_MADE_BY_DBT = {"target", "logs", "dbt_packages"}


class Lock(Struct, frozen=True, forbid_unknown_fields=True):
    """What was written by which version of the platform: path from the project's root, hash."""

    platform: str
    files: dict[str, str] = {}
    version: int = LOCK_FORMAT


def package_files() -> dict[str, str]:
    """The macros package of this version: path from the project's root, text.

    Raises PlatformError when this installation is without it.
    """
    home = _package_home()
    found = {}
    for path in sorted(home.rglob("*")):
        inner = path.relative_to(home)
        if path.suffix in _SUFFIXES and path.is_file() and not _MADE_BY_DBT & {*inner.parts}:
            found[f"{PACKAGE_FOLDER}/{inner.as_posix()}"] = path.read_text(encoding="utf-8")
    return found


def fingerprint(path: str, text: str) -> str:
    """A hash of what is the platform's in a file: all of it, or of a workflow the marked part.

    Line ends do not count, as git may change them.
    """
    return sha256(mine(path, text).replace("\r\n", "\n").encode()).hexdigest()


def mine(path: str, text: str) -> str:
    """What is the platform's in the text of a file; empty when its marks are gone."""
    if not is_workflow(path):
        return text
    part = _PART.search(text.replace("\r\n", "\n"))
    return part[0] if part else ""


def renewed(path: str, present: str, ours: str) -> str:
    """The text of a file with what is the platform's in it replaced by what is in `ours`.

    Line ends stay as they are.
    """
    plain = present.replace("\r\n", "\n")
    new = ours if not is_workflow(path) else _PART.sub(lambda _: mine(path, ours), plain, count=1)
    return new.replace("\n", "\r\n") if "\r\n" in present else new


def lock_text(files: Mapping[str, str]) -> str:
    """The lock of these hashes, as this version writes it: one line per file, sorted."""
    rows = ",\n".join(
        f"{msgspec.json.encode(path).decode()}: {msgspec.json.encode(value).decode()}"
        for path, value in sorted(files.items())
    )
    head = f'"version": {LOCK_FORMAT},\n"platform": {msgspec.json.encode(__version__).decode()}'
    return f'{{\n{head},\n"files": {{\n{rows}\n}}\n}}\n'


def read_lock(root: Path) -> Lock | None:
    """The lock of the project in this folder; None when it has none.

    Raises PlatformError for a file that is no lock, or one of a newer platform.
    """
    path = root / LOCK
    if not path.is_file():
        return None
    try:
        lock = msgspec.json.decode(path.read_bytes(), type=Lock)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise PlatformError(
            f"{LOCK} is not what the platform wrote: {error}",
            where=Where(LOCK),
            hint="take it from version control again: git restore platform.lock",
        ) from None
    if _numbers(lock.platform) > _numbers(__version__):
        raise PlatformError(
            f"{LOCK} was written by platform {lock.platform}, this is {__version__}",
            where=Where(LOCK),
            hint=f"install the newer one: pip install 'dbt-platform-cli>={lock.platform}'",
        )
    return lock


def _package_home() -> Path:
    """In an installation the package lies inside ours; in a checkout beside it."""
    code = Path(__file__).parents[2]
    for home in (code / "macros_package", code.parent / "macros"):
        file = home / "dbt_project.yml"
        if file.is_file() and f"name: {PACKAGE}" in file.read_text(encoding="utf-8"):
            return home
    raise PlatformError(
        f"this installation is without the dbt package {PACKAGE}",
        hint="install the platform again",
        exit_code=ExitCode.ENVIRONMENT,
    )


def is_workflow(path: str) -> bool:
    """Whether only the marked part of a file is the platform's."""
    return "/.github/workflows/" in f"/{path}"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"\d+", version)[:3])
