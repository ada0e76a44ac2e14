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
from platform_cli.project.reading.cache import environment_seals, today, verdict_path
from platform_cli.project.reading.read_through import path_of, unchanged_seal
from platform_cli.project.reading.sealed_file import code_seal, read_sealed, write_sealed
from platform_cli.project.sql.seals import seal
from platform_cli.reporting.findings import Findings

if TYPE_CHECKING:
    from platform_cli.project.project import Request


class Verdict(Struct, frozen=True):
    """What the rules found in the whole project."""

    findings: Findings
    rules: tuple[str, ...]
    """The names of the rules that are on."""
    may_be_waived: tuple[str, ...]
    dbt_stops: bool
    """Whether the files have a fault that dbt itself stops at."""


class _Kept(Struct, frozen=True, array_like=True):
    key: bytes
    environment: dict[str, bytes]
    """What the SQL asked for, as fingerprints: beyond what the reading of the project asked for."""
    styled: tuple[str, ...]
    """As in `Checked`."""
    verdict: Verdict


def read_verdict(root: Path, request: Request, settings: Check) -> Verdict | None:
    """What was found the last time, None when anything may have changed since."""
    body = read_sealed(verdict_path(path_of(root, request)))
    if body is None:
        return None
    try:
        kept = decode(body, type=_Kept)
    except (msgspec.MsgspecError, ValueError):
        return None
    key = _key(root, request, settings, kept.styled)
    now = environment_seals({name: os.environ.get(name) for name in kept.environment})
    return kept.verdict if (kept.key, kept.environment) == (key, now) else None


def write_verdict(
    root: Path,
    request: Request,
    settings: Check,
    verdict: Verdict,
    *,
    environment: dict[str, bytes],
    styled: tuple[str, ...],
) -> None:
    """Keep what was found; nothing when a rule failed or may have read what nobody knows of."""
    key = None if verdict.findings.failures else _key(root, request, settings, styled)
    if key is not None:
        kept = encode(_Kept(key, environment, styled, verdict))
        write_sealed(verdict_path(path_of(root, request)), kept)


def _key(root: Path, request: Request, settings: Check, styled: tuple[str, ...]) -> bytes | None:
    """A fingerprint of all that the result follows from, None when that cannot be told."""
    if (root / RULES).is_dir():
        return None
    read = unchanged_seal(root, request)
    if read is None:
        return None
    here = Path(__file__).parent
    texts = [_content(root / name) for name in (WAIVERS, BASELINE)]
    for path in sorted((root / CHECKS).rglob("*")):
        texts += [str(path).encode("utf-8", "surrogateescape"), _content(path)]
    ours = code_seal(str(here), str(here / "rules"))
    if styled:
        from platform_cli.style.settings import settings_seal

        texts.append(settings_seal(root, styled))
    return seal(read, ours, encode(settings), today().encode(), *texts)


def _content(path: Path) -> bytes:
    """With a mark in front, so that an empty file is another than none."""
    try:
        return b"=" + path.read_bytes()
    except OSError:
        return b""
