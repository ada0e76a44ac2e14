"""Rule: no-side-effect-on-run-hooks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from platform_cli.conventions.rule import Key, UndecidedError, Violation, rule
from platform_cli.project.project import Project
from platform_cli.project.resources import Operation


@rule(severity="warn")
def no_side_effect_on_run_hooks(
    project: Project, *, allowed: tuple[str, ...] = ("create schema", "create function")
) -> Iterator[Violation]:
    """The hooks of a run write no data and drop nothing.

    ## Why
    `on-run-start` and `on-run-end` run with every command, also when a colleague builds one model
    in their own schema; what they write is in no lineage and in no test.

    The same statements are found as by no-side-effect-hooks. `allowed` lists beginnings, in lower
    case, that are well nevertheless. What a macro does is not looked into: it is undecided.

    ## Instead of
    ```yaml
    on-run-end:
      - insert into audit.runs select now()
    ```

    ## Write
    ```yaml
    on-run-end:
      - grant usage on schema {{ target.schema }} to role analyst
    ```
    and a model of its own for what has to be written.
    """
    hooks = defaultdict(list)
    for operation in project.of(Operation):
        if operation.package_name == project.name:
            hooks[operation.tags[0]].append(operation.raw_code)
    if not hooks:
        return
    from platform_cli.conventions.side_effects import side_effects  # few projects have hooks

    unclear: UndecidedError | None = None
    for key, texts in hooks.items():
        try:
            for words in side_effects(texts, allowed, "dbt_project.yml"):
                yield Violation(
                    f"{key} does `{words} ...`",
                    at=Key(key),
                    help="make it a model, or list it in the rule's `allowed`",
                )
        except UndecidedError as error:
            unclear = error
    if unclear:
        raise unclear
