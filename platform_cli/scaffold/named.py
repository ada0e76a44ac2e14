"""The table that a person names: `ref:MODEL`, `source:NAME.TABLE`, or the name alone."""

from __future__ import annotations

from collections.abc import Mapping

from platform_cli.errors import PlatformError, did_you_mean
from platform_cli.project.resources import AnyResource, Model, Seed, Snapshot, Source

Table = Model | Seed | Snapshot | Source


def named_table(
    resources: Mapping[str, AnyResource], package: str, word: str, option: str
) -> Table:
    """The model, seed, snapshot or source table of that name; of several versions the latest.

    One of `package` comes before one of another package.

    Raises PlatformError for a word of another form and, with near names, for an unknown one.
    """
    kind, colon, name = word.partition(":")
    if not colon:
        kind, name = ("source" if "." in word else "ref"), word
    if kind not in ("ref", "source"):
        raise PlatformError(
            f"{option} {word!r} is neither a ref nor a source",
            hint="write ref:MODEL or source:NAME.TABLE",
        )
    known: dict[str, Table] = {}
    for one in resources.values():
        if isinstance(one, Source) and kind == "source":
            known[f"{one.source_name}.{one.name}"] = one
        elif isinstance(one, Model | Seed | Snapshot) and kind == "ref" and one.enabled:
            older = known.get(one.name)
            latest = not isinstance(one, Model) or one.version == one.latest_version
            if older is None or (one.package_name == package and latest):
                known[one.name] = one
    if name not in known:
        what = "model, seed or snapshot" if kind == "ref" else "source table"
        some = ", ".join(sorted(known)[:5])
        raise PlatformError(
            f"there is no {what} named {name!r}",
            hint=did_you_mean(name, known)
            or (f"there are {some}" if some else f"this project has no {what} yet"),
        )
    return known[name]
