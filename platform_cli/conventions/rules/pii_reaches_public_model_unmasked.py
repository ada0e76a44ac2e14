"""Rule: pii-reaches-public-model-unmasked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from platform_cli.conventions.personal_columns import Marks, PersonalColumns
from platform_cli.conventions.rule import UndecidedError, Violation, known, rule
from platform_cli.project.graph import Graph
from platform_cli.project.resources import Column, Model, column_named
from platform_cli.project.sql.queries import Origins


@rule(severity="warn")
def pii_reaches_public_model_unmasked(
    model: Model,
    graph: Graph,
    origins: Origins,
    *,
    meta: tuple[str, ...] = ("pii", "contains_pii", "gdpr"),
    tags: tuple[str, ...] = ("pii", "sensitive"),
    masked: tuple[str, ...] = ("masked", "masking_policy", "policy_tags"),
) -> Iterator[Violation]:
    """A public model shows personal data only masked.

    ## Why
    Every team may build on a public model. What is personal in it is copied into tables that nobody
    thinks of when a person asks what is known of them, or wants it deleted.

    A column is personal when a key of `meta` says so, or one of `tags`, here or anywhere upstream,
    and it is passed on: under another name, through CTEs, stars and unions, in another case or
    type. `pii: false` says that from here on it is not, a key of `masked` that the warehouse hides
    it. A hash (`md5`, `sha256`, a function with mask, encrypt or token in its name) hides it, too.
    What is computed from personal data in any other way is undecided.

    ## Instead of
    ```sql
    select passenger_id, email from {{ ref('stg_passengers') }}
    ```

    ## Write
    ```sql
    select passenger_id, sha256(email) as email_hash from {{ ref('stg_passengers') }}
    ```
    or leave the column out, or the model `protected`.
    """
    if known(model, "access") != "public":
        return
    personal = _personal(graph, origins, Marks(meta, tags, masked))
    for name, source in sorted(personal.of(model).items()):
        column = column_named(model.columns, name) or Column(name)
        own = source.lower() == f"{model.name}.{name}".lower()
        whose = "" if own else f" ({source})"
        yield Violation(
            f"column {column.name} is personal data{whose}, and any team may read it",
            at=column,
            help="hash it, leave it out, or name its `masking_policy` in `meta` of the column",
        )
    around = {model.unique_id, *graph.upstream([model.unique_id])} & personal.unclear.keys()
    if around:
        unique_id = min(around)
        raise UndecidedError(graph.resources[unique_id].name, personal.unclear[unique_id])


@lru_cache(maxsize=1)
def _personal(graph: Graph, origins: Origins, marks: Marks) -> PersonalColumns:
    return PersonalColumns(graph, origins, marks)
