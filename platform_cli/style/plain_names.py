"""Rendered SQL in which relations have the names that a person would write."""

from __future__ import annotations

import re
from collections.abc import Collection

from platform_cli.project.sql.placeholder import MARK
from platform_cli.project.sql.positions import Rendered, Segment

_PLACEHOLDER = re.compile(rf"""(["`]){MARK}\1\.\1[^"`]*\1\.\1([^"`]*)\1""")
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")


def with_plain_names(rendered: Rendered, reserved: Collection[str]) -> Rendered:
    """The same, with `dbt.stg_flights` for what `ref('stg_flights')` stands for.

    Unquoted, so that `stg_flights.id` is a column of it in every dialect; but for a name that has
    to be quoted, as the `reserved` words (upper case).
    """

    def plain(found: re.Match[str]) -> str:
        name = found[2]
        if _PLAIN.fullmatch(name) and name.upper() not in reserved:
            return f"dbt.{name}"
        return f"dbt.{found[1]}{name}{found[1]}"

    text, parts, segments, length = rendered.text, list[str](), list[Segment](), 0
    for number, one in enumerate(rendered.segments):
        last = number + 1 == len(rendered.segments)
        part = text[one.start : len(text) if last else rendered.segments[number + 1].start]
        if not one.verbatim and MARK in part:
            part = _PLACEHOLDER.sub(plain, part)
        segments.append(one._replace(start=length))
        parts.append(part)
        length += len(part)
    return Rendered("".join(parts), rendered.source, segments)
