"""What a check of the whole project found, kept on disk while nothing it depends on has changed.

A file beside the project's cache: a fingerprint of what was read and of the rules, then the
result. Anything wrong with it is as if it were not there. A project with rules of its own in
Python is looked at every time: nobody knows what they read.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.msgpack import decode, encode

from platform_cli.config import Check
from platform_cli.conventions.own_files import BASELINE, CHECKS, RULES, WAIVERS
from platform_cli.conventions.stray_waivers import beside_it
from platform_cli.project.reading.cache import (
    Evidence,
    environment_seals,
    evidence_seal,
    kept_path,
    today,
)
from platform_cli.project.reading.read_through import last_reading, path_of
from platform_cli.project.reading.sealed_file import code_seal, read_sealed, write_sealed
from platform_cli.project.sql.seals import seal
from platform_cli.reporting.findings import Findings

if TYPE_CHECKING:
    from platform_cli.project.reading.cache import Last
    from platform_cli.project.request import Request


class Verdict(Struct, frozen=True):
    """What the rules found in the whole project."""

    findings: Findings
    rules: tuple[str, ...]
    """The names of the rules that are on."""
    may_be_waived: tuple[str, ...]
    dbt_stops: bool
    """Whether the files have a fault that dbt itself stops at."""


class Basis(Struct, frozen=True):
    """What a check was made from, as it was when it was read."""

    evidence: Evidence | None
    """Of the project."""
    beside: bytes | None
    """As the function of that name gave it before the check."""
    environment: dict[str, bytes]
    styled: tuple[str, ...]
    style_settings: bytes
    """All three as in `Checked`."""


class _Kept(Struct, frozen=True, array_like=True):
    key: bytes
    environment: dict[str, bytes]
    """What the SQL asked for, as fingerprints: beyond what the reading of the project asked for."""
    styled: tuple[str, ...]
    """As in `Checked`."""
    verdict: Verdict


def read_verdict(
    root: Path, request: Request, settings: Check, last: Last | None
) -> Verdict | None:
    """What was found the last time, None when anything may have changed since.

    `last` is the last reading of the project, as of now.
    """
    body = read_sealed(_path(root, request))
    if body is None:
        return None
    try:
        kept = decode(body, type=_Kept)
    except (msgspec.MsgspecError, ValueError):
        return None
    key = _key_now(root, settings, last, kept.styled)
    now = environment_seals({name: os.environ.get(name) for name in kept.environment})
    return kept.verdict if (kept.key, kept.environment) == (key, now) else None


def write_verdict(
    root: Path, request: Request, settings: Check, verdict: Verdict, basis: Basis
) -> None:
    """Keep what was found, if all is still as it was when it was read.

    Nothing is kept when a rule failed or may have read what nobody knows of.
    """
    read = evidence_seal(basis.evidence) if basis.evidence is not None else None
    key = _key(read, basis.beside, basis.style_settings)
    if key is None or verdict.findings.failures:
        return
    # An edit during the check is half in the result: that is true of no state of the files.
    if key == _key_now(root, settings, last_reading(root, request), basis.styled):
        kept = encode(_Kept(key, basis.environment, basis.styled, verdict))
        write_sealed(_path(root, request), kept)


def _path(root: Path, request: Request) -> str:
    return kept_path(path_of(root, request), "check")


def beside(root: Path, settings: Check) -> bytes | None:
    """A fingerprint of all that the result follows from beside the project; None for own rules."""
    if (root / RULES).is_dir():
        return None
    here = Path(__file__).parent
    texts = [_content(root / name) for name in (WAIVERS, BASELINE)]
    for name in beside_it(root):
        texts += [os.fsencode(name), _content(root / name)]
    for path in sorted((root / CHECKS).rglob("*")):
        texts += [str(path).encode("utf-8", "surrogateescape"), _content(path)]
    ours = code_seal(str(here), str(here / "rules"))
    return seal(ours, encode(settings), today().encode(), *texts)


def _key_now(
    root: Path, settings: Check, last: Last | None, styled: tuple[str, ...]
) -> bytes | None:
    style = b""
    if styled:
        from platform_cli.style.settings import settings_seal

        style = settings_seal(root, styled)
    return _key(last.unchanged_seal if last else None, beside(root, settings), style)


def _key(read: bytes | None, others: bytes | None, style: bytes) -> bytes | None:
    return None if read is None or others is None else seal(read, others, style)


def _content(path: Path) -> bytes:
    """With a mark in front, so that an empty file is another than none."""
    try:
        return b"=" + path.read_bytes()
    except OSError:
        return b""
