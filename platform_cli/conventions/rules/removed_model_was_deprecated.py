"""Rule: removed-model-was-deprecated."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.earlier import Earlier
from platform_cli.conventions.rule import Violation, rule
from platform_cli.errors import Where
from platform_cli.project.project import Project
from platform_cli.project.resources import Model


@rule(severity="error")
def removed_model_was_deprecated(project: Project, earlier: Earlier) -> Iterator[Violation]:
    """A public model under contract had a deprecation date before it was removed.

    ## Why
    Other teams, reports and exports read it, outside of this project too; a date gives them time.
    It is compared with git (`platform check --changed`) or with a manifest (`--state DIR`); without
    one of them this rule has nothing to say.

    ## Instead of
    ```
    git rm models/marts/fct_flights.sql
    ```

    ## Write
    ```yaml
    - name: fct_flights
      deprecation_date: 2027-01-31
    ```
    and remove it when that day has come; or keep it as a view of what replaces it.
    """
    names = {model.name for model in project.of(Model)}
    hidden = {one.name for one in project.disabled.values() if "enabled" in one.undecided}
    for unique_id, promise in earlier.promises.items():
        gone = unique_id not in project.resources and promise.name not in names | hidden
        if gone and not promise.deprecated:
            yield Violation(
                f"{promise.name} was public and under contract, and is gone",
                at=Where(promise.path),
                help="bring it back with a `deprecation_date:`, or as a view of what replaces it",
            )
