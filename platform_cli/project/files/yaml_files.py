"""YAML as dbt reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from platform_cli.errors import PlatformError, Where

if TYPE_CHECKING:
    from platform_cli.project.files.fast_yaml import Twice


def load_yaml(text: str, path: str, twice: list[Twice] | None = None) -> Any:
    """The document's value as dbt has it: YAML 1.1, of equal keys the last wins.

    Keys that are there twice are added to `twice`.

    Raises:
        PlatformError: the YAML is broken, with line and column.
    """
    import yaml

    from platform_cli.project.files.fast_yaml import fast_load

    # dbt strips a file before it reads the YAML: a last block of text loses its line end
    stripped = text.strip()
    found: list[Twice] = []
    try:
        value = fast_load(stripped, found)
    except yaml.YAMLError as error:
        raise broken_yaml(error, text, path) from error
    except RecursionError as error:
        raise PlatformError(f"{path} is nested too deeply", where=Where(path)) from error
    except ValueError as error:  # a date such as 2024-13-01
        raise PlatformError(f"{path} has a wrong value: {error}", where=Where(path)) from error
    if found and twice is not None:
        cut_off = text[: len(text) - len(text.lstrip())].count("\n")
        twice += (one._replace(line=one.line + cut_off) for one in found)
    return value


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
