"""Fix: public-model-has-enforced-contract."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import AddItem, Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.entry_place import Item
from platform_cli.project.identifiers import quoted
from platform_cli.project.resources import Model
from platform_cli.reporting.diagnostic import Diagnostic

KEPT_IN_STEP = ("append_new_columns", "fail")
"""`on_schema_change` of an incremental model with a contract: dbt takes no other."""


@fix()
def public_model_has_enforced_contract(_: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """The names and types that DuckDB finds in the SQL."""
    incremental = model.config.get("materialized") == "incremental"
    if incremental and model.config.get("on_schema_change") not in KEPT_IN_STEP:
        raise SuggestedError(
            "an incremental model with a contract needs on_schema_change: append_new_columns or"
            " fail"
        )
    built = scene.built.columns(model)
    if built is None:
        raise SuggestedError(
            "its types are known once what it reads is built:"
            f" platform build --no-check --select +{model.name}"
        )
    declared = {one.name.lower(): one for one in model.columns.values()}
    if gone := declared.keys() - {name.lower() for name, _ in built}:
        raise SuggestedError(f"column {min(gone)} is declared, and the SQL does not return it")
    path, way = properties_home(scene.project, model), entry_way(model)
    yield SetKey(path, (*way, "config", "contract", "enforced"), True)
    for name, type_ in built:
        known = declared.get(name.lower())
        if known is None:
            quote = {"quote": True} if _is_odd(name) else {}
            entry = {"name": name, **quote, "data_type": type_}
            yield AddItem(path, (*way, "columns"), entry)
            continue
        column = (*way, "columns", Item(known.name))
        if not known.data_type:
            yield SetKey(path, (*column, "data_type"), type_)
        if _is_odd(name) and not known.quote:
            yield SetKey(path, (*column, "quote"), True)


def _is_odd(name: str) -> bool:
    """Whether dbt has to quote the name where it writes the columns of the contract."""
    return quoted(name.lower()) != name.lower()
