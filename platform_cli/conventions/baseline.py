"""What was wrong before there were rules: findings that are held back, and only get fewer.

An entry is a rule, a resource and an anchor (the column, the call, the CTE), with a count: no
lines and no text, so that moving and reformatting bring nothing back, and one more finding of the
kind does not pass. For renames each resource is sketched (`resemblance.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct, field

from platform_cli.conventions.own_files import BASELINE
from platform_cli.errors import ExitCode, PlatformError, Where
from platform_cli.project.files.tree import read_bytes

VERSION = 1
_MARK = re.compile(rb"^(<{7} |={7}\r?$|>{7} )", re.MULTILINE)
_BEFORE = re.compile(rb"^\|{7}.*?^={7}\r?$", re.MULTILINE | re.DOTALL)


class Fingerprint(NamedTuple):
    """What tells findings apart in a baseline."""

    rule: str
    resource: str
    anchor: str


class Baseline(Struct, frozen=True):
    """The entries with their counts, and a sketch of each resource that they are about."""

    entries: Mapping[Fingerprint, int] = {}
    sketches: Mapping[str, str] = {}


class _Entry(Struct, frozen=True):
    rule: str
    resource: str
    anchor: str
    count: int = 1


class _Sketch(Struct, frozen=True):
    resource: str
    words: str


class _Document(Struct, frozen=True):
    version: int = VERSION
    findings: list[_Entry] = field(default_factory=list)
    resources: list[_Sketch] = field(default_factory=list)


class _Head(Struct, frozen=True):
    version: int


def read_baseline(root: Path, *, both_sides: bool = False) -> Baseline | None:
    """The project's baseline, None when it has none.

    With `both_sides` a merge conflict in it is no fault: what either side has is in the result.

    Raises PlatformError, with the line, for a file that a merge has broken or that is no baseline,
    and for one of a newer version.
    """
    path = root / BASELINE
    if not path.is_file():
        return None
    content = read_bytes(str(path), BASELINE)
    if (marker := _MARK.search(content)) and not both_sides:
        raise PlatformError(
            f"{BASELINE} has the marks of a merge conflict",
            where=Where(BASELINE, content.count(b"\n", 0, marker.start()) + 1),
            hint="`platform check --write-baseline` merges it: of what either side has it"
            " keeps what is still found",
        )
    try:
        merged = _both_sides(content) if marker else None
        version = merged.version if merged else msgspec.json.decode(content, type=_Head).version
        if version > VERSION:
            raise PlatformError(
                f"{BASELINE} is of version {version}; this platform reads {VERSION}",
                where=Where(BASELINE),
                hint="install the platform that wrote it, or a newer one",
            )
        document = merged or msgspec.json.decode(content, type=_Document)
    except (msgspec.MsgspecError, ValueError) as error:
        raise PlatformError(
            f"{BASELINE} is not a baseline: {error}",
            where=Where(BASELINE, _line_of_fault(content, str(error))),
            hint="take it from version control again, or write it anew: delete it, then "
            "`platform check --write-baseline`",
        ) from None
    entries: Counter[Fingerprint] = Counter()
    for one in document.findings:
        entries[Fingerprint(one.rule, one.resource, one.anchor)] += max(one.count, 0)
    return Baseline(entries, {one.resource: one.words for one in document.resources})


def _both_sides(content: bytes) -> _Document:
    """What either side of a merge has, each entry in its line; of two counts the larger one.

    What both had before they parted, which git can be told to write (diff3), counts for nothing.
    """
    lines = _BEFORE.sub(b"", content).splitlines()
    rows = [line.strip().removesuffix(b",") for line in lines]
    most = Counter[Fingerprint]()
    for row in rows:
        if row.startswith(b'{"rule":'):
            one = msgspec.json.decode(row, type=_Entry)
            key = Fingerprint(one.rule, one.resource, one.anchor)
            most[key] = max(most[key], one.count)
    sketches = [
        msgspec.json.decode(row, type=_Sketch) for row in rows if row.startswith(b'{"resource":')
    ]
    versions = [int(row.partition(b":")[2]) for row in rows if row.startswith(b'"version":')]
    entries = [_Entry(*key, count=count) for key, count in most.items()]
    return _Document(max(versions, default=VERSION), entries, sketches)


def write_baseline(root: Path, baseline: Baseline) -> None:
    """Replace the project's baseline as a whole.

    One line per finding, sorted. Raises PlatformError when the folder cannot be written.
    """
    from platform_cli.project.edits.draft_files import draft_file  # nothing for every check

    document: dict[str, list[_Entry] | list[_Sketch]] = {
        "findings": [
            _Entry(*key, count=count) for key, count in sorted(baseline.entries.items()) if count
        ],
        "resources": [_Sketch(*pair) for pair in sorted(baseline.sketches.items())],
    }
    lines = [f'"version": {VERSION}']
    for name, items in document.items():
        rows = ",\n".join(msgspec.json.encode(one).decode() for one in items)
        lines.append(f'"{name}": [\n{rows}\n]' if rows else f'"{name}": []')
    path = root / BASELINE
    try:
        draft_file(root, "{\n" + ",\n".join(lines) + "\n}\n").replace(path)
    except OSError as error:
        raise PlatformError(
            f"{BASELINE} cannot be written: {error.strerror}",
            where=Where(str(path)),
            exit_code=ExitCode.ENVIRONMENT,
        ) from error


def line_of(root: Path, key: Fingerprint) -> int | None:
    """The line of an entry in the file, None when it is not written like that."""
    start = msgspec.json.encode(_Entry(*key)).decode().partition(',"count"')[0]
    try:
        text = (root / BASELINE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(start):
            return number
    return None


def held(
    keys: Sequence[Fingerprint], entries: Mapping[Fingerprint, int]
) -> tuple[set[int], Counter[Fingerprint]]:
    """Which of the findings are in the baseline, by their number, and what is left of it.

    When there are more than the baseline has, the last ones are new.
    """
    left, found = Counter(entries), set[int]()
    for number, key in enumerate(keys):
        if left[key] > 0:
            left[key] -= 1
            found.add(number)
    return found, +left


def _line_of_fault(content: bytes, said: str) -> int | None:
    byte = re.search(r"\(byte (\d+)\)", said)
    return content.count(b"\n", 0, int(byte[1])) + 1 if byte else None
