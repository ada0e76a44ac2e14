"""The edits of many fixes, made with as few readings of a file as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from platform_cli.conventions.fix_verdict import Attempt
from platform_cli.project.edits.drafts import Drafts, WaitError
from platform_cli.project.edits.edit import RefusedError, YamlEdit


def made_together(
    drafts: Drafts, attempts: Sequence[Attempt]
) -> tuple[list[Attempt], list[tuple[Attempt, str]]]:
    """Which of the attempts are made now, and which are refused, with the reason.

    What is in neither waits for the next round. Edits of YAML that change the same files are made
    at once: each time the file is read again, and a legacy project has a thousand models in one.
    One that is refused is found by halves, and does not keep the others back.
    """
    made, refused = set[int](), list[tuple[Attempt, str]]()
    for group in _groups(attempts):
        parts = [group]
        while parts:
            part = parts.pop()
            try:
                drafts.make(edit for number in part for edit in attempts[number].edits)
            except RefusedError as error:
                if len(part) > 1:
                    middle = len(part) // 2
                    parts += (part[middle:], part[:middle])
                elif not isinstance(error, WaitError):
                    refused.append((attempts[part[0]], str(error)))
            else:
                made.update(part)
    return [attempts[number] for number in sorted(made)], refused


def _groups(attempts: Sequence[Attempt]) -> Iterator[list[int]]:
    """The numbers of the attempts; what changes a file comes in the order in which it came."""
    open_groups: dict[frozenset[str], list[int]] = {}
    for number, attempt in enumerate(attempts):
        paths = frozenset(edit.path for edit in attempt.edits)
        only_yaml = all(isinstance(edit, YamlEdit) for edit in attempt.edits)
        for others in [one for one in open_groups if not one.isdisjoint(paths)]:
            if not only_yaml or others != paths:
                yield open_groups.pop(others)
        if only_yaml:
            open_groups.setdefault(paths, []).append(number)
        else:
            yield [number]
    yield from open_groups.values()
