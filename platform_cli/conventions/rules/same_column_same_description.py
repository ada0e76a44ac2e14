"""Rule: same-column-same-description."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Key, Violation, known, rule
from platform_cli.project.graph import Graph
from platform_cli.project.resources import Model, Seed, Snapshot, Source

_WITH_COLUMNS = (Model, Seed, Snapshot, Source)


@rule(severity="info", opt_in=True)
def same_column_same_description(
    model: Model, graph: Graph, *, generic: tuple[str, ...] = ("id", "name", "type", "status")
) -> Iterator[Violation]:
    """A column that a model passes on is described like where it comes from.

    ## Why
    Two texts for one thing: after the next change one of them is wrong, and nobody knows which.

    Columns are compared by name with what the model reads itself; names that mean something else in
    every table are in the setting `generic`. Off unless `platform.yml` turns it on: a model may
    well say more of a column than its source.

    ## Instead of
    ```yaml
    - name: tail_number
      description: The plane.
    ```

    ## Write
    ```yaml
    - name: tail_number
      description: '{{ doc("tail_number") }}'
    ```
    and the same in the other model, with the text once, in a `{% docs tail_number %}` block.
    """
    elsewhere: dict[str, tuple[str, str]] = {}
    for unique_id in graph.parents.get(model.unique_id, ()):
        parent = graph.resources[unique_id]
        if isinstance(parent, _WITH_COLUMNS):
            for column in known(parent, "columns").values():
                if text := _plain(column.description):
                    elsewhere.setdefault(column.name.lower(), (parent.name, text))
    if not elsewhere:
        return
    for column in known(model, "columns").values():
        name, own = column.name.lower(), _plain(column.description)
        parent_name, text = elsewhere.get(name, ("", own))
        if own and own != text and name not in generic:
            yield Violation(
                f"column {column.name} is described otherwise in {parent_name}",
                at=Key("description", column),
                help="use one `{% docs %}` block for both, or give the column another name",
            )


def _plain(text: str) -> str:
    """The text without what is only typing."""
    return " ".join(text.split()).rstrip(".").casefold()
