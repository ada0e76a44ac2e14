"""`adapter` in Jinja: what dbt answers without a database, and Unknown for the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from platform_cli.project.jinja.catalog import Catalog, Column
from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.jinja.relation import Relation

# What dbt's adapter answers at parse time in place of asking the database.
_AT_PARSE: dict[str, Any] = {
    "get_column_schema_from_query": list,
    "check_schema_exists": False,
    "drop_relation": None,
    "truncate_relation": None,
    "rename_relation": None,
    "get_columns_in_relation": list,
    "get_columns_in_table": list,
    "get_missing_columns": list,
    "valid_snapshot_target": None,
    "assert_valid_snapshot_target_given_strategy": None,
    "expand_target_column_types": None,
    "get_relation": None,
    "already_exists": False,
    "create_schema": None,
    "drop_schema": None,
    "get_incremental_strategy_macro": None,
    "get_hard_deletes_behavior": None,
    "add_query": (None, None),
}
_NEEDS_DATABASE = {
    "execute",
    "get_partitions_metadata",
    "get_catalog_integration",
    "build_catalog_relation",
    "behavior",
    "cache_added",
    "cache_dropped",
    "cache_renamed",
    "standardize_grants_dict",
    "convert_type",
    "render_raw_columns_constraints",
    "render_raw_model_constraints",
    "run_sql_for_tests",
    "parse_index",
    "is_motherduck",
    "disable_transactions",
    "ensure_transaction",
    "is_ducklake",
    "use_ducklake_table_workarounds",
    "convert_datetimes_to_strs",
    "get_seed_file_path",
    "location_exists",
    "store_relation",
    "external_root",
    "get_binding_char",
    "external_write_options",
    "external_read_location",
    "warn_once",
    "valid_incremental_strategies",
    "catalog_supports_foreign_keys",
    "existing_key_constraint_types",
    "batch_id_for_model",
    "get_temp_relation_path",
    "config",
    "commit",
}


class RelationType:
    """`adapter.Relation` and `api.Relation`: makes relations with the project's quoting."""

    Table = "table"
    View = "view"
    CTE = "cte"
    External = "external"
    MaterializedView = "materialized_view"
    PointerTable = "pointer_table"
    Function = "function"

    def __init__(self, quoting: dict[str, bool]) -> None:
        self._quoting = quoting

    def create(self, *args: Any, **parts: Any) -> Relation:
        """A relation from database, schema, identifier and type; other options are Unknown."""
        quote = self._quoting | parts.pop("quote_policy", {})
        include = parts.pop("include_policy", {})
        if unknown := parts.keys() - {"database", "schema", "identifier", "type"}:
            raise Unknown(f"a relation with {', '.join(sorted(unknown))}")
        return Relation(*args, **parts, quote=quote, include=include)

    def add_ephemeral_prefix(self, name: str) -> str:
        return f"__dbt__cte__{name}"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise Unknown(f"Relation.{name}")


class Adapter:
    """The adapter of one context; `dispatch` gives a macro bound to that context."""

    def __init__(
        self,
        kind: str,
        quoting: dict[str, bool],
        dispatch: Callable[[str, str | None], Any],
        *,
        parsing: bool,
        catalog: Catalog | None = None,
        dbts_columns: bool = False,
    ) -> None:
        """`dbts_columns`: the macros behind `get_columns_in_relation` are dbt's own, and what they
        answer the catalog can tell.
        """
        self._kind = kind
        self._quoting = quoting
        self._dispatch = dispatch
        self._parsing = parsing
        self._catalog = catalog
        self._dbts_columns = dbts_columns
        self.Relation = RelationType(quoting)

    def type(self) -> str:
        return self._kind

    def dispatch(
        self, macro_name: str, macro_namespace: str | None = None, packages: Any = None
    ) -> Any:
        if packages is not None:
            raise BrokenJinja("adapter.dispatch: 'packages' is gone; use macro_namespace")
        if macro_namespace is not None and not isinstance(macro_namespace, str):
            raise BrokenJinja("adapter.dispatch: macro_namespace must be text")
        return self._dispatch(macro_name, macro_namespace)

    def quote(self, identifier: Any) -> str:
        if self._kind in ("bigquery", "databricks", "spark"):
            return f"`{identifier}`"
        return f'"{identifier}"'

    def quote_as_configured(self, identifier: str, quote_key: str) -> str:
        if quote_key not in ("database", "schema", "identifier"):
            return identifier
        default = self._kind != "snowflake"
        return self.quote(identifier) if self._quoting.get(quote_key, default) else identifier

    def quote_seed_column(self, column: str, quote_config: bool | None) -> str:
        return column if quote_config is False else self.quote(column)

    def escape_sql_string(self, value: Any) -> str:
        return str(value).replace("'", "''")

    def _get_relation(
        self, database: str | None, schema: str | None, identifier: str | None
    ) -> Relation | None:
        if self._catalog is None:
            raise Unknown(f"whether {schema}.{identifier} exists is up to the database")
        kind = self._catalog.kind(database, schema, identifier)
        if kind is None:
            return None
        return Relation(database, schema, identifier, kind, quote=self._quoting)

    def _get_columns_in_relation(self, relation: Any) -> list[Column]:
        if self._catalog is None or not isinstance(relation, Relation):
            raise Unknown(f"the columns of {relation} are up to the database")
        columns = self._catalog.columns(relation.render())
        if columns is None:
            raise Unknown(f"the columns of {relation} cannot be read")
        # Snowflake says so of names that nobody quoted.
        shout = self._kind == "snowflake"
        return [Column(name.upper() if shout else name, dtype) for name, dtype in columns]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "get_relation" and not self._parsing:
            return self._get_relation
        if name == "get_columns_in_relation" and not self._parsing and self._dbts_columns:
            return self._get_columns_in_relation
        if name in _AT_PARSE:
            if self._parsing:
                answer = _AT_PARSE[name]
                return lambda *_, **__: answer() if answer is list else answer
            raise Unknown(f"adapter.{name} asks the database")
        if name in _NEEDS_DATABASE or self._kind != "duckdb":
            raise Unknown(f"adapter.{name} needs the adapter itself")
        raise AttributeError(name)
