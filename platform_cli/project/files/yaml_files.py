"""YAML as dbt reads it, with positions on demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from platform_cli.errors import PlatformError, Where

if TYPE_CHECKING:
    from yaml import Node


def load_yaml(text: str, path: str) -> Any:
    """The document's value as dbt has it: YAML 1.1, of equal keys the last wins.

    Raises:
        PlatformError: the YAML is broken, with line and column.
    """
    import yaml

    from platform_cli.project.files.fast_yaml import fast_load

    # dbt strips a file before it reads the YAML: a last block of text loses its line end
    stripped = text.strip()
    try:
        return fast_load(stripped)
    except yaml.YAMLError as error:
        raise broken_yaml(error, text, path) from error
    except RecursionError as error:
        raise PlatformError(f"{path} is nested too deeply", where=Where(path)) from error
    except ValueError as error:  # a date such as 2024-13-01
        raise PlatformError(f"{path} has a wrong value: {error}", where=Where(path)) from error


def broken_yaml(error: Exception, text: str, path: str) -> PlatformError:
    """The YAML library's error, met in the stripped text, as ours."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if "quoted scalar" in str(getattr(error, "context", "")):
        # The end of the file says nothing: the quote that is never closed does.
        mark = getattr(error, "context_mark", None) or mark
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context = getattr(error, "context", None)
    message = f"{path} is not valid YAML: {problem}" + (f" ({context})" if context else "")
    hint = "check the indentation and quotes of this line and the one above it"
    if mark is None:
        return PlatformError(message, hint=hint, where=Where(path))
    lines = text.lstrip().splitlines()
    if mark.line < len(lines) and "\t" in lines[mark.line]:
        hint = "YAML wants spaces, not tabs, for indentation"
    cut_off = text[: len(text) - len(text.lstrip())].count("\n")
    where = Where(path, mark.line + 1 + cut_off, mark.column + 1)
    return PlatformError(message, hint=hint, where=where)


def position(text: str, keys: Sequence[str | int]) -> tuple[int, int] | None:
    """Line and column (from 1) of the value's key or the list's item; None when it is not there.

    `keys` is the way from the top: mapping keys and list indexes. The position is the key's own
    for a mapping, the item's first character for a list.
    """
    import yaml

    try:
        node: Node | None = yaml.compose(text, yaml.CSafeLoader)
    except yaml.YAMLError:
        return None
    mark = node.start_mark if node is not None else None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            # the last of equal keys is the one that counts
            pairs = [pair for pair in node.value if pair[0].value == str(key)]
            if not pairs:
                return None
            mark, node = pairs[-1][0].start_mark, pairs[-1][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            if not 0 <= key < len(node.value):
                return None
            node = node.value[key]
            mark = node.start_mark
        else:
            return None
    return (mark.line + 1, mark.column + 1) if mark else None
