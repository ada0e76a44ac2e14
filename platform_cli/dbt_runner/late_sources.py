"""The sources of a project that dbt has parsed, as other variables have them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from platform_cli.dbt_runner.results import Parsed


class LateSource(Struct, frozen=True):
    """What of a source dbt looks at only when it runs."""

    meta: dict[str, Any]
    loaded_at_field: str | None


def with_sources(parsed: Parsed, sources: Mapping[str, LateSource]) -> Parsed | None:
    """The same parsed project, its sources by these unique ids changed as a new parse would.

    None, and nothing changed, where a table's key hides one of its source: nobody sees that value.

    dbt parses a whole project anew when a variable changes. When nothing but these values
    depends on it, that is time for nothing: a backfill would spend most of itself on it.
    """
    known = parsed.manifest.sources
    if any(_hides(known[unique_id], late) for unique_id, late in sources.items()):
        return None
    for unique_id, late in sources.items():
        _change(parsed.manifest.sources[unique_id], late)
        flat = parsed.manifest.sources[unique_id].to_dict(omit_none=False)
        parsed.manifest.flat_graph["sources"][unique_id] = flat
    return parsed


def _hides(source: Any, late: LateSource) -> bool:
    return any(
        key not in late.meta or source.meta.get(key) != value
        for key, value in source.source_meta.items()
    )


def _change(source: Any, late: LateSource) -> None:
    source.source_meta = {key: late.meta[key] for key in source.source_meta}
    source.meta = dict(late.meta)
    source.config.meta = dict(late.meta)
    source.loaded_at_field = late.loaded_at_field
    source.config.loaded_at_field = late.loaded_at_field
    for name in ("meta", "loaded_at_field"):
        if name in source.unrendered_config:
            source.unrendered_config[name] = getattr(source, name)
    if "external_location" in late.meta:
        from dbt.adapters.duckdb.relation import DuckDBRelation

        # It is a file: what quotes a name has no part in it.
        source.relation_name = str(DuckDBRelation.create_from(SimpleNamespace(quoting={}), source))
