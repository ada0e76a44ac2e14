"""Run with SQLMesh's Python, in its project: prints what it knows of each model, as JSON."""

import json

import duckdb
from sqlmesh import Context  # type: ignore[import-not-found]  # in an environment of its own

context = Context(paths=".")
facts = {
    name: {
        "types": {column: str(kind) for column, kind in (model.columns_to_types or {}).items()},
        "texts": model.column_descriptions,
        "description": model.description or "",
        "owner": bool(model.owner),
        "audits": len(model.audits),
        "contract": bool(getattr(model, "columns_to_types_", None)),
    }
    for name, model in context.models.items()
    if not model.kind.is_external
}
context.close()
with duckdb.connect("shop.duckdb", read_only=True) as connection:
    for name, kept in facts.items():
        table = ".".join(part.strip('"') for part in name.split(".")[-2:])
        try:
            rows = connection.execute(f"describe {table}").fetchall()
        except duckdb.Error:
            rows = []
        kept["built"] = {row[0]: row[1] for row in rows}
print(json.dumps(facts))
