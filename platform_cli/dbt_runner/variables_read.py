"""The variables that a node, or anything upstream of it, reads: by the text of the files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from platform_cli.dbt_runner.results import Parsed

_READ = re.compile(r"""\bvar\(\s*\\?["']([^"'\\]+)\\?["']""")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def variables_read(parsed: Parsed, unique_id: str, project: Path) -> frozenset[str]:
    """The names in the calls of `var` in all that the node depends on, itself included.

    That is SQL, macros, the YAML files of nodes and sources, their configuration, and the
    project's `dbt_project.yml`. A name that is put together at run time is not found.
    """
    manifest = parsed.manifest
    texts = [(project / "dbt_project.yml").read_text(encoding="utf-8")]
    macros: set[str] = set()
    for node in _upstream(manifest, unique_id):
        texts.append(getattr(node, "raw_code", ""))
        texts.append(str(getattr(node, "unrendered_config", "")))
        texts += _yaml(manifest, node)
        depends_on = getattr(node, "depends_on", None)
        macros.update(getattr(depends_on, "macros", ()))
    texts += _macros(manifest, macros)
    return frozenset(name for text in texts for name in _READ.findall(_COMMENT.sub("", text)))


def _upstream(manifest: Any, unique_id: str) -> Iterator[Any]:
    seen, todo = {unique_id}, [unique_id]
    while todo:
        one = todo.pop()
        node = manifest.nodes.get(one) or manifest.sources.get(one)
        if node is None:
            continue
        yield node
        parents = getattr(getattr(node, "depends_on", None), "nodes", ())
        new = [parent for parent in parents if parent not in seen]
        seen.update(new)
        todo += new


def _yaml(manifest: Any, node: Any) -> Iterator[str]:
    """The YAML that describes the node, as dbt read it: Jinja in it is not rendered yet."""
    for file_id in (getattr(node, "patch_path", None), node.file_id):
        yield str(getattr(manifest.files.get(file_id), "dict_from_yaml", None) or "")


def _macros(manifest: Any, used: set[str]) -> Iterator[str]:
    seen, todo = set(used), list(used)
    while todo:
        macro = manifest.macros.get(todo.pop())
        if macro is None:
            continue
        yield macro.macro_sql
        new = [one for one in macro.depends_on.macros if one not in seen]
        seen.update(new)
        todo += new
