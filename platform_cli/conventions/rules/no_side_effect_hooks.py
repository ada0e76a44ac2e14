"""Rule: no-side-effect-hooks."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Key, UndecidedError, Violation, known, rule
from platform_cli.project.resources import Model, Seed, Snapshot


@rule(severity="warn")
def no_side_effect_hooks(
    resource: Model | Snapshot | Seed, *, allowed: tuple[str, ...] = ()
) -> Iterator[Violation]:
    """The hooks of a model change nothing but grants, settings, statistics and indexes.

    ## Why
    What a hook writes or drops is in no lineage and in no test; it happens again with every run,
    also with one on another target or of a single model.

    Found is what starts with `insert`, `update`, `delete`, `merge`, `truncate`, `drop`, `create`,
    `alter` or `copy`; not an index on `{{ this }}`, nor `alter table {{ this }}`. `allowed` lists
    further beginnings, in lower case: `create function`. What a macro does is not looked into: it
    is undecided.

    ## Instead of
    ```sql
    {{ config(post_hook="insert into audit.runs select '{{ this }}', now()") }}
    ```

    ## Write
    ```sql
    {{ config(post_hook="grant select on {{ this }} to role analyst") }}
    ```
    and a model of its own for what has to be written.
    """
    config = resource.config
    if not (config.get("pre-hook") or config.get("post-hook") or resource.undecided):
        return
    from platform_cli.conventions.side_effects import side_effects  # few projects have hooks

    unclear: UndecidedError | None = None
    for key in ("pre-hook", "post-hook"):
        hooks = known(resource, f"config.{key}")
        if not hooks:
            continue
        try:
            for words in side_effects([str(one.get("sql") or "") for one in hooks], allowed, ""):
                yield Violation(
                    f"a {key} does `{words} ...`",
                    at=Key(key.replace("-", "_")),
                    help="make it a model, or list it in the rule's `allowed`",
                )
        except UndecidedError as error:
            unclear = error
    if unclear:
        raise unclear
