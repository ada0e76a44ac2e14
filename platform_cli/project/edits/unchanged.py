"""Whether a project stays what it is to dbt while something of it gets another name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from platform_cli.project.project import Project
from platform_cli.project.resources import DataTest, Exposure, Node, UnitTest


def what_changed(
    before: Project, after: Project, names: Mapping[str, str], *, moved: bool = False
) -> str:
    """The first resource whose relation, config, columns or parents would be others.

    `names` are the unique ids of what was renamed, with what they are now. With `moved` the
    relations of those may be others, too. Empty when all stays.
    """
    for old_id, old in before.resources.items():
        # The unique ids of tests hold a digest of names.
        if isinstance(old, Exposure):
            new = after.resources.get(old_id)
            same = isinstance(new, Exposure) and new.depends_on == tuple(
                names.get(one, one) for one in old.depends_on
            )
            if not same:
                return old.name
        if not isinstance(old, Node) or isinstance(old, DataTest | UnitTest):
            continue
        new = after.resources.get(names.get(old_id, old_id))
        # An ephemeral model has no relation that could be another one.
        free = moved or old.config.get("materialized") == "ephemeral"
        relation = not (free and old_id in names)
        if not isinstance(new, Node) or _being(new, {}, relation) != _being(old, names, relation):
            return old.name
    tests = [
        Counter(names.get(one.attached_node or "", one.attached_node) for one in side.of(DataTest))
        for side in (before, after)
    ]
    if tests[0] != tests[1]:
        return "what tests are attached to"
    return ""


def _being(node: Node, names: Mapping[str, str], relation: bool) -> tuple[object, ...]:
    config = {key: value for key, value in node.config.items() if key != "alias"}
    parents = tuple(names.get(one, one) for one in node.depends_on)
    where = (node.database, node.schema, node.alias) if relation else ()
    return where, config, parents, node.group, node.tags, node.columns, sorted(node.undecided)
