"""The findings that the baseline does not hold back, and what is left of the baseline."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from platform_cli.conventions.baseline import Baseline, Fingerprint, held, line_of
from platform_cli.conventions.own_files import BASELINE
from platform_cli.conventions.rule import Violation
from platform_cli.conventions.sight import Sight
from platform_cli.errors import Where
from platform_cli.project.project import Project


class Sifted(Struct, frozen=True):
    """Which findings are new, by number, what the baseline still has to have, and what not."""

    new: list[int]
    kept: Mapping[Fingerprint, int]
    outlived: Mapping[Fingerprint, int]


def sift(baseline: Baseline, keys: Sequence[Fingerprint], sight: Sight) -> Sifted:
    """Lay the findings (their keys) over the baseline.

    An entry whose resource is gone holds for the resource that is the same one renamed, and that
    of a model without an entry in YAML for the description that its entry lacks. Of more findings
    than the baseline has, the last are new. A locked rule has no baseline.
    """
    locked = {key: count for key, count in baseline.entries.items() if key.rule in sight.locked}
    entries = {key: count for key, count in baseline.entries.items() if key not in locked}
    found, left = held(keys, entries)
    new = [number for number in range(len(keys)) if number not in found]
    if left and new and _NO_DESCRIPTION not in sight.locked:
        wanted = [keys[number] for number in new]
        more, left = held(wanted, _described(left, set(wanted)))
        found |= {new[number] for number in more}
        new = [number for number in new if number not in found]
    if left and new and (renames := _renames(baseline, left, [keys[n] for n in new], sight)):
        moved = Counter[Fingerprint]()
        for key, count in left.items():
            moved[_translated(key, renames)] += count
        more, left = held([keys[number] for number in new], moved)
        found |= {new[number] for number in more}
        new = [number for number in new if number not in found]
    outlived = locked | {
        key: count for key, count in left.items() if sight.tells(key.rule, key.resource)
    }
    kept = Counter(keys[number] for number in found)
    kept.update({key: count for key, count in left.items() if key not in outlived})
    return Sifted(new, kept, outlived)


def baseline_of(
    entries: Mapping[Fingerprint, int], old: Mapping[str, str], project: Project
) -> Baseline:
    """A baseline of these entries, each resource sketched as it is now.

    What is not in the project keeps the sketch that it had.
    """
    from platform_cli.conventions.resemblance import sketch

    about = {key.resource for key in entries}
    for key in entries:
        about |= _read_by(key, project)
    sketches = {
        one: sketch(project.resources[one], project.root)
        if one in project.resources
        else old.get(one, "")
        for one in about
        if one
    }
    return Baseline(entries, {one: words for one, words in sketches.items() if words})


def outlived_entries(outlived: Mapping[Fingerprint, int], sight: Sight) -> Iterator[Violation]:
    """One violation per rule of what the baseline holds without need."""
    by_rule: dict[str, list[Fingerprint]] = defaultdict(list)
    for key in sorted(outlived):
        by_rule[key.rule].append(key)
    for rule, keys in by_rule.items():
        number = sum(outlived[key] for key in keys)
        entries = f"{number} {'entry' if number == 1 else 'entries'}"
        it = "it" if number == 1 else "them"
        message = f"{entries} for {rule} in the baseline: nothing needs {it} any more"
        if rule in sight.locked:
            message = f"{entries} for {rule} in the baseline hold nothing back: it is locked"
        yield Violation(
            message,
            at=Where(BASELINE, line_of(sight.project.root, keys[0])),
            help="`platform check --write-baseline` takes them out",
        )


_NO_ENTRY, _NO_DESCRIPTION = "model-has-yaml-entry", "model-has-description"


def _described(
    left: Mapping[Fingerprint, int], new: Collection[Fingerprint]
) -> Counter[Fingerprint]:
    """What is left, as of models that have an entry by now, and no description in it.

    `platform sync` writes such entries: nobody has described the model, neither then nor now.
    """
    found = Counter[Fingerprint]()
    for key, count in left.items():
        later = key._replace(rule=_NO_DESCRIPTION) if key.rule == _NO_ENTRY else key
        found[later if later in new else key] += count
    return found


def _renames(
    baseline: Baseline, left: Mapping[Fingerprint, int], new: Sequence[Fingerprint], sight: Sight
) -> dict[str, str]:
    project = sight.project
    known = project.resources
    # Only what the baseline knows of and the project does not.
    gone = {
        one: words
        for one, words in baseline.sketches.items()
        if one not in known and one not in project.disabled
    }
    if not gone:
        return {}
    from platform_cli.conventions.resemblance import renamed

    about = {key.resource for key in new}
    for key in new:
        about |= _read_by(key, project)
    candidates = [
        known[one] for one in sorted(about) if one in known and one not in baseline.sketches
    ]
    here, there = _findings(left), _findings(new)
    return renamed(gone, candidates, project.root, lambda old, now: _share(here[old], there[now]))


def _share(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _findings(keys: Iterable[Fingerprint]) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key in keys:
        found[key.resource].add((key.rule, key.anchor))
    return found


def _read_by(key: Fingerprint, project: Project) -> set[str]:
    """What the call that is the key's anchor reads."""
    if not key.anchor.startswith(("ref:", "source:")):
        return set()
    references = getattr(project.resources.get(key.resource), "references", ())
    return {
        one.unique_id
        for one in references
        if one.unique_id and key.anchor == f"{one.kind}:{'.'.join(one.args)}"
    }


def _translated(key: Fingerprint, renames: Mapping[str, str]) -> Fingerprint:
    """The key after the renames, in its anchor too: calls name what they read."""
    names = {_name(old): _name(now) for old, now in renames.items()}
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    anchor = re.sub(rf"(?<!\w)({either})(?!\w)", lambda found: names[found[1]], key.anchor)
    return Fingerprint(key.rule, renames.get(key.resource, key.resource), anchor)


def _name(unique_id: str) -> str:
    """What a call says: the table with its source, a model without its version."""
    kind, _, *names = unique_id.split(".")
    return ".".join(names) if kind == "source" else names[0]
