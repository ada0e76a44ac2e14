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
_CYCLE = re.compile(r"Found a cycle: (?P<ids>.+)")
_RAW_YAML = "Raw Error:"
"""dbt's word before what the YAML parser said, in messages of several lines."""
_NOT_OURS = {"target", "dbt_packages", "dbt_modules", "logs", ".venv", "venv"}


def translate(error: BaseException, project: Path) -> BaseException:  # noqa: PLR0911  (a table of kinds)
    """The PlatformError for an exception of dbt; other exceptions come back as they are."""
    if isinstance(error, PlatformError | KeyboardInterrupt):
        return error
    if isinstance(error, OSError):
        return _unreadable(error, project) or error
    if isinstance(error, UnicodeDecodeError):
        return PlatformError(
            f"a file of the project is not UTF-8 text: {error.reason}",
            hint="`platform check` says which file and line; save it as UTF-8",
        )
    if cycle := _CYCLE.match(str(error)):
        return _circle(cycle["ids"], project)
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
    if kind == "YamlLoadError" or _RAW_YAML in text:
        return _broken_yaml(error, project)
    return PlatformError(
        _reworded(text), hint=_hint(error, kind, text, project), where=_where(error, project)
    )


def _unreadable(error: OSError, project: Path) -> PlatformError | None:
    """A file of the project that cannot be opened; None for trouble of the machine."""
    file = Path(str(error.filename or ""))
    if not isinstance(error, FileNotFoundError) or not file.is_relative_to(project):
        return None
    hint = "it is a link to a file that is gone: remove the link, or bring the file back"
    return PlatformError(
        "dbt cannot read a file of the project: there is no such file",
        where=Where(file.relative_to(project).as_posix()),
        hint=hint if file.is_symlink() else "was it removed in this moment? run this again",
    )


def _circle(ids: str, project: Path) -> PlatformError:
    """dbt names the resources of a cycle by their unique ids and says nothing of files."""
    circle = ids.split(" --> ")
    # dbt begins anywhere; our reader at the first name.
    begin = circle.index(min(circle))
    names = [one.split(".")[2] for one in circle[begin:] + circle[:begin]]
    first = next(iter(sorted(project.glob(f"**/{names[0]}.sql"))), None)
    return PlatformError(
        f"these models read each other in a circle: {' -> '.join([*names, names[0]])}",
        where=Where(first.relative_to(project).as_posix()) if first else None,
        hint="take one of these refs out: what both need belongs in a third model",
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
    if re.fullmatch(r"String '.*' is not valid YAML", text, re.DOTALL):
        return "--vars is not a mapping in YAML"
    return text


def _broken_yaml(error: Any, project: Path) -> PlatformError:
    """The parser's own complaint and its place; dbt gives the path from the models' folder."""
    text = str(error.msg)
    places = list(_YAML.finditer(text))
    path = _existing(str(getattr(error, "path", None) or _settings_file(text)), project)
    if not places:
        return PlatformError(_message(error), where=Where(path))
    reason = text[: places[-1].start()].rstrip().splitlines()[-1].strip()
    # A quote that is never closed is found at the end of the file; where it begins says more.
    place = places[0] if "quoted scalar" in text else places[-1]
    return PlatformError(
        f"this is not valid YAML: {reason}",
        where=Where(path, int(place["line"]), int(place["column"])),
        hint="look at the indentation, quotes and brackets there and in the line above",
    )


def _settings_file(text: str) -> str:
    """Which of the two files that dbt reads first a message is about."""
    return "profiles.yml" if "profiles.yml" in text else "dbt_project.yml"


def _existing(path: str, project: Path) -> str:
    """The path from the project's root, if only one file can be meant."""
    if (project / path).is_file():
        return path
    named = [one for one in project.rglob(Path(path).name) if one.as_posix().endswith(f"/{path}")]
    found = (file.relative_to(project) for file in named)
    ours = [file for file in found if file.parts[0] not in _NOT_OURS]
    # A copy of the project in a folder of its own lies deeper.
    least = min((len(file.parts) for file in ours), default=0)
    ours = [file for file in ours if len(file.parts) == least]
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
    undefined = re.search(r"'(\w+)' is undefined", str(error))
    if not name and not undefined:
        return None
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    quoted = re.compile(
        rf"\b{undefined[1]}\b" if undefined else rf"['\"]{re.escape(str(name).split('.')[-1])}['\"]"
    )
    return next((n for n, line in enumerate(lines, 1) if quoted.search(line)), None)


def _hint(error: Any, kind: str, text: str, project: Path) -> str:
    if kind == "TargetNotFoundError":
        near = did_you_mean(str(error.target_name).split(".")[-1], _names(project))
        return near or "create it (`platform new-model`), or correct the name"
    for words, hint in _HINTS:
        if words.lower() in text.lower():
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
    ("models with the name", "rename one of the two"),
    ("schema.yml entries for the same resource", "keep one of the two entries, with all it needs"),
    ("Resource names cannot contain spaces", "rename the file: write `_` instead of the space"),
    ("Dictionary expected", "a properties file has keys such as `models:` and `sources:`"),
    ("does not parse to a dictionary", "it needs at least the lines `name:` and `profile:`"),
    ('"name" field not present', "add a line `name: your_project`"),
    (
        "configured with a 'strategy' and 'unique_key'",
        "add them under `config:` of the snapshot; `platform check` says which one lacks them",
    ),
    (
        "This version of dbt is not supported",
        (
            "change require-dbt-version in dbt_project.yml, or take another version of the package;"
            "\n`--no-version-check` tries it all the same"
        ),
    ),
    ("is not valid YAML", "write '{name: value}'"),
    ("No filter named", "correct the filter's name, after the `|`"),
    ("unknown tag", "correct the word after `{%`, or remove the tag"),
    (
        "unexpected end of template",
        "close what was opened: `{{` with `}}`, `{%` with `%}`, `{% if %}` with `{% endif %}`",
    ),
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
