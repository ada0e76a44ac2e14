"""dbt's exceptions as errors for a scientist: what, where, and what to do next."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from platform_cli.database_file import explain
from platform_cli.errors import ExitCode, PlatformError, Where, did_you_mean

_KINDS = r"\.(?:sql|ya?ml|py|csv|md)"
_FILE = re.compile(rf"\((?P<bracketed>[^()]+{_KINDS})\)|(?P<bare>[\w./-]*[\w-]{_KINDS})\b")
_YAML = re.compile(r"^\s*in \".+\", line (?P<line>\d+), column (?P<column>\d+)", re.MULTILINE)
_LINE = re.compile(r"\bline (?P<line>\d+)(?:,? column (?P<column>\d+))?", re.IGNORECASE)
_NOT_OURS = {"target", "dbt_packages", "dbt_modules", "logs", ".venv", "venv"}


def translate(error: BaseException, project: Path) -> BaseException:
    """The PlatformError for an exception of dbt; other exceptions come back as they are."""
    if isinstance(error, PlatformError | KeyboardInterrupt | OSError):
        return error
    if not any(base.__module__.startswith(("dbt", "dbt_")) for base in type(error).__mro__):
        return explain(str(error)) or error
    text = _message(error)
    kind = type(error).__name__
    if known := explain(text):
        return known
    if kind in _INTERNAL:
        return PlatformError(
            f"dbt failed inside: {text}",
            hint="this looks like a bug of dbt or of an adapter; run with `-vv` to have"
            " dbt write its log",
            exit_code=ExitCode.ENVIRONMENT,
        )
    if kind == "YamlLoadError":
        return _broken_yaml(error, project)
    return PlatformError(
        _reworded(text), hint=_hint(error, kind, text, project), where=_where(error, project)
    )


_INTERNAL = {"DbtInternalError", "DbtInternalException", "DbtBaseException"}


def _message(error: BaseException) -> str:
    """The message without dbt's headline, which repeats the type and the file."""
    text = str(getattr(error, "msg", "") or error)
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(line for line in lines if line.strip())


def _reworded(text: str) -> str:
    if re.fullmatch(r"Path '.*\.dbt' does not exist\.", text):
        return "there is no profiles.yml: neither beside dbt_project.yml nor in ~/.dbt"
    return text


def _broken_yaml(error: Any, project: Path) -> PlatformError:
    """The parser's own complaint and its place; dbt gives the path from the models' folder."""
    text = str(error.msg)
    places = list(_YAML.finditer(text))
    path = _existing(str(error.path), project)
    if not places:
        return PlatformError(_message(error), where=Where(path))
    reason = text[: places[-1].start()].rstrip().splitlines()[-1].strip()
    return PlatformError(
        f"this is not valid YAML: {reason}",
        where=Where(path, int(places[-1]["line"]), int(places[-1]["column"])),
        hint="look at the indentation, quotes and brackets there and in the line above",
    )


def _existing(path: str, project: Path) -> str:
    """The path from the project's root, if only one file can be meant."""
    if (project / path).is_file():
        return path
    found = [file for file in project.rglob(Path(path).name) if file.as_posix().endswith(path)]
    ours = [f for f in (one.relative_to(project) for one in found) if f.parts[0] not in _NOT_OURS]
    return ours[0].as_posix() if len(ours) == 1 else path


def _where(error: Any, project: Path) -> Where | None:
    text = str(getattr(error, "msg", "") or error)
    node = getattr(error, "node", None)
    path = str(getattr(node, "original_file_path", "") or "")
    if not path:
        path = next((p for p in (getattr(error, "path", None),) if isinstance(p, str)), "")
    if not path:
        named = (found["bracketed"] or found["bare"] for found in _FILE.finditer(text))
        path = next((one for one in named if (project / one).is_file()), "")
    if not path:
        return None
    if Path(path).is_absolute() and Path(path).is_relative_to(project):
        path = str(Path(path).relative_to(project))
    position = _LINE.search(text)
    if not position:
        return Where(path, _line_of(error, project / path))
    column = position["column"]
    return Where(path, int(position["line"]), int(column) if column else None)


def _line_of(error: Any, file: Path) -> int | None:
    """The line that names what was not found; dbt knows the file only."""
    name = getattr(error, "target_name", None)
    if not name:
        return None
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    quoted = re.compile(rf"['\"]{re.escape(str(name).split('.')[-1])}['\"]")
    return next((n for n, line in enumerate(lines, 1) if quoted.search(line)), None)


def _hint(error: Any, kind: str, text: str, project: Path) -> str:
    if kind == "TargetNotFoundError":
        near = did_you_mean(str(error.target_name).split(".")[-1], _names(project))
        return near or "create it (`platform new-model`), or correct the name"
    for words, hint in _HINTS:
        if words in text:
            return hint
    return ""


_HINTS = (
    (
        'Run "dbt deps"',
        "run `dbt deps`: it downloads what packages.yml names, so it needs the network",
    ),
    ("Could not find profile named", "add it to profiles.yml, or correct `profile:`"),
    ("does not have a target named", "choose one of these with `--target`"),
    (
        ".dbt' does not exist",
        "create one beside dbt_project.yml, or name its folder with `--profiles-dir`",
    ),
    ("Required var", "give it with `--vars '{name: value}'` or under `vars:`"),
    ("Env var required but not provided", "set the environment variable, or give it a default"),
    ("has duplicate", "rename one of the two"),
    ("was not found", "correct the name, or create what it names"),
    ("Could not find manifest in --state path", "`--state` is a target folder of an earlier run"),
    ("is undefined. This can happen", "correct the macro's name, or install its package"),
)


def _names(project: Path) -> set[str]:
    """Names that a ref could mean, taken from the files: dbt has not got as far as a list."""
    return {
        file.stem
        for suffix in ("sql", "py", "csv")
        for file in project.rglob(f"*.{suffix}")
        if not _NOT_OURS.intersection(file.relative_to(project).parts)
    }
