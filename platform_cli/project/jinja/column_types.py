"""`api.Column` in Jinja: how each adapter calls the types that dbt's own macros name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from platform_cli.project.jinja.dialect import Unknown

_OWN_WORDS: Mapping[str, str] = {"STRING": "TEXT"}

_LABELS: dict[str, Mapping[str, str]] = {
    "duckdb": _OWN_WORDS,
    "postgres": _OWN_WORDS,
    "redshift": _OWN_WORDS,
    "snowflake": _OWN_WORDS,
    "bigquery": {"TEXT": "STRING", "FLOAT": "FLOAT64", "INTEGER": "INT64"},
    "trino": {"STRING": "VARCHAR", "FLOAT": "DOUBLE"},
    "athena": {"STRING": "VARCHAR", "TEXT": "VARCHAR"},
}
"""What dbt 1.11 and the adapters of its time translate; every other type stays as it is."""

_VARCHAR = frozenset({"trino", "athena"})


class ColumnType:
    """The names of types; Unknown for an adapter that is not in the list."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def translate_type(self, dtype: str) -> str:
        return self._labels().get(dtype.upper(), dtype)

    def numeric_type(self, dtype: str, precision: Any, scale: Any) -> str:
        self._labels()
        if precision is None or scale is None or self._kind == "bigquery":
            return dtype
        return f"{dtype}({precision},{scale})"

    def string_type(self, size: int) -> str:
        self._labels()
        name = "varchar" if self._kind in _VARCHAR else "character varying"
        return f"{name}({size})"

    def _labels(self) -> Mapping[str, str]:
        labels = _LABELS.get(self._kind)
        if labels is None:
            raise Unknown(f"the types of {self._kind}")
        return labels

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise Unknown(f"api.Column.{name}")
