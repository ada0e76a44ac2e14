"""Rule: cross-group-ref-only-to-public."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Snapshot


@rule(severity="warn")
def cross_group_ref_only_to_public(
    reader: Model | Snapshot, project: Project
) -> Iterator[Violation]:
    """Of another group's models only public ones are read.

    ## Why
    What is not public is the other group's own business: it changes without warning, and they do
    not know that you build on it.

    Models without a group are left alone. dbt itself refuses private models of another group;
    this is about protected ones, which it lets pass.

    ## Instead of
    ```yaml
    - name: dim_airports
      config:
        group: network_planning
    ```

    ## Write
    ```yaml
    - name: dim_airports
      config:
        group: network_planning
        access: public
    ```
    and tell the group that owns it, or read a model of theirs that is public.
    """
    group = known(reader, "group")
    if not group:
        return
    for reference in known(reader, "references"):
        parent = project.resources.get(reference.unique_id or "")
        if not isinstance(parent, Model) or known(parent, "group") in (None, group):
            continue
        if known(parent, "access") == "protected":
            yield Violation(
                f"{group} reads {parent.name}, which is not public and belongs to {parent.group}",
                at=reference,
                help=f"ask {parent.group} to set `access: public`, or read what they publish",
            )
