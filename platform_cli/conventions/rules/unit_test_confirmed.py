"""Rule: unit-test-confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from platform_cli.conventions.rule import Violation, rule
from platform_cli.errors import Where
from platform_cli.project.entry_place import Entries, Item
from platform_cli.project.graph import Graph
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, UnitTest
from platform_cli.project.unverified import is_unverified


@rule(severity="error")
def unit_test_confirmed(model: Model, graph: Graph, project: Project) -> Iterator[Violation]:
    """Somebody has looked at the rows that a generated unit test expects.

    ## Why
    `platform new-model` writes down what the SQL makes of made-up rows: a test that cannot fail on
    the day it is written. It says that the SQL is right only once a person has read the rows, and
    mended those that are wrong.

    A unit test with `unverified: true` in its `meta` is found.

    ## Instead of
    ```yaml
    unit_tests:
      - name: fct_flights__as_generated
        config:
          meta: {unverified: true}
    ```

    ## Write
    Look at `given` and `expect`, then `platform confirm fct_flights`, which takes the mark away:
    ```yaml
    unit_tests:
      - name: fct_flights__as_generated
    ```
    """
    for test in _unverified(graph).get(model.unique_id, ()):
        yield Violation(
            f"nobody has confirmed what the unit test {test.name} expects",
            at=_place(project, test),
            help=f"look at its rows, then `platform confirm {model.name}`",
        )


@lru_cache(maxsize=1)
def _unverified(graph: Graph) -> Mapping[str, list[UnitTest]]:
    """The marked unit tests by the unique id of their model."""
    found: dict[str, list[UnitTest]] = defaultdict(list)
    for one in graph.resources.values():
        if isinstance(one, UnitTest) and one.enabled and is_unverified(one):
            for unique_id in one.depends_on:
                found[unique_id].append(one)
    return found


def _place(project: Project, test: UnitTest) -> Where:
    try:
        text = (project.root / test.path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Where(test.path)
    place = Entries(text).place(("unit_tests", Item(test.name)))
    return Where(test.path, *(place or ()))
