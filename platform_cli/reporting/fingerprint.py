"""Names for findings that stay when lines move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from platform_cli.reporting.diagnostic import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """One for each finding, of its rule, resource and anchor; equal ones are numbered.

    Without a resource the file and the message have to do.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for one in diagnostics:
        path = one.where.path if one.where and not one.resource else ""
        said = "" if one.resource else one.message
        key = (one.name, one.resource, one.anchor, path, said)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        found.append(blake2b(text.encode(), digest_size=16).hexdigest())
    return found
