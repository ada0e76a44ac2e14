"""The template of a kind: the project's own files where it has some, else those that come with us.

A project's own lie in `templates/<kind>/` beside dbt_project.yml, where dbt does not look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from types import GeneratorType
from typing import TYPE_CHECKING, Any, cast

from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.made_path import TEMPLATES as OWN
from platform_cli.scaffold.model.kinds import TEMPLATES, Kind

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

FILES = ("model.sql", "model.yml")
_INCLUDE = re.compile(
    r"^[ \t]*\[%-?\s*include\s+[\"'](?P<name>[^\"']+)[\"']\s*-?%\]\n", re.MULTILINE
)
_HEADER = re.compile(r"\A\[#.*?#\]\n", re.DOTALL)
_DIGITS = 8
_ABOUT = 4


@dataclass(frozen=True)
class KindTemplate:
    """The two files of a kind in a project; `root` is None for ours."""

    kind: Kind
    root: Path | None = None

    @cached_property
    def version(self) -> str:
        """The first digits of a hash of all that it is made of.

        Nobody has to raise it, and two texts never have one version.
        """
        parts = [(self.kind.folder / "kind.toml").read_text(encoding="utf-8")]
        parts += [_HEADER.sub("", self.text(name)) for name in FILES]
        return sha256("\0".join(parts).encode()).hexdigest()[:_DIGITS]

    def own(self, name: str) -> Path | None:
        """The project's own file of that name; None when it has none."""
        path = self.root / OWN / self.kind.name / name if self.root else None
        return path if path and path.is_file() else None

    def path(self, name: str) -> str:
        """What the file is called to a person."""
        return f"{OWN}/{self.kind.name}/{name}"

    def text(self, name: str) -> str:
        """The whole file, with what it includes of ours in place.

        Raises PlatformError, with file and line, when it is no text, or includes what is not there.
        """
        if (own := self.own(name)) is None:
            return _inlined((self.kind.folder / name).read_text(encoding="utf-8"), name)
        try:
            text = own.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            raise PlatformError(
                f"{self.path(name)} cannot be read: {error}",
                hint=_OURS.format(self.kind.name),
                where=Where(self.path(name)),
            ) from error
        return _inlined(text, self.path(name))


def filled(template: KindTemplate, name: str, environment: Environment, model: Any) -> str:
    """The file with the answers in it.

    Raises PlatformError, with the template's file and line, for a template that is broken: its
    syntax, a placeholder that nobody knows, or a result that is no model.
    """
    from jinja2 import TemplateSyntaxError, UndefinedError

    text, path = template.text(name), template.path(name)
    try:
        names = _names(model) if template.own(name) else ()
        chunks = list(_chunks(_compiled(environment, text, path, names), model))
    except TemplateSyntaxError as error:
        raise _broken(path, error.message or "its syntax", error.lineno, template) from error
    except UndefinedError as error:
        raise _broken(path, str(error.message), _line_of(error, path), template) from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise _broken(path, str(error), _line_of(error, path), template) from error
    whole = "".join(words for words, _ in chunks)
    result = f"{whole.strip()}\n"
    if template.own(name):
        skipped = whole[: len(whole) - len(whole.lstrip())].count("\n")
        _refuse_result(result, name, model, _Lines(path, text, chunks, skipped, template))
    return result


def refuse_strange(root: Path, kinds: tuple[str, ...]) -> None:
    """Raise PlatformError for a template of the project that nothing would use: a slip."""
    for file in sorted((root / OWN).glob("*/model.*")):
        if file.name in FILES and file.parent.name not in kinds:
            near = did_you_mean(file.parent.name, kinds)
            raise PlatformError(
                f"{OWN}/{file.parent.name}: there is no kind {file.parent.name!r}",
                hint=near or f"the kinds are {', '.join(kinds)}",
                where=Where(f"{OWN}/{file.parent.name}/{file.name}"),
            )


_OURS = "mend it, or delete it: then the template that comes with the platform is used ({})"


def _inlined(text: str, path: str) -> str:
    """The text with our parts in the place of its includes."""

    def part(found: re.Match[str]) -> str:
        file = TEMPLATES / found["name"]
        if not file.is_file() or not file.resolve().is_relative_to(TEMPLATES):
            known = [one.relative_to(TEMPLATES).as_posix() for one in TEMPLATES.glob("_parts/*")]
            raise PlatformError(
                f"{path} includes {found['name']!r}, which is not there",
                hint=did_you_mean(found["name"], known) or f"there are {', '.join(sorted(known))}",
                where=Where(path, text.count("\n", 0, found.end() - 1) + 1),
            )
        inner = file.read_text(encoding="utf-8")
        return _inlined(inner if inner.endswith("\n") else f"{inner}\n", found["name"])

    return _INCLUDE.sub(part, text if text.endswith("\n") else f"{text}\n")


def _chunks(made: Template, model: Any) -> Iterator[tuple[str, int]]:
    """The pieces of the result, each with the line of the template that it comes from."""
    context = made.new_context({"model": model})
    rendered = cast("GeneratorType[str, None, None]", made.root_render_func(context))
    # Each is asked for once: Jinja reads all that it knows of a template to answer.
    lines: dict[int, int] = {}
    try:
        for words in rendered:
            frame = rendered.gi_frame
            at = frame.f_lineno if frame else 0
            if at not in lines:
                lines[at] = made.get_corresponding_lineno(at) if at else 0
            yield words, lines[at]
    except Exception:  # noqa: BLE001  (raised again, with the lines of the template)
        made.environment.handle_exception()


@lru_cache(maxsize=32)
def _compiled(environment: Environment, text: str, path: str, names: tuple[str, ...]) -> Template:
    """The template; with `names`, those that `model` has, no other one may be in it."""
    if names:
        _refuse_unknown(environment, text, path, names)
    code = environment.compile(text, name=path, filename=path)
    return environment.template_class.from_code(environment, code, environment.make_globals({}))


def _refuse_unknown(environment: Environment, text: str, path: str, names: tuple[str, ...]) -> None:
    """Raise TemplateSyntaxError for a name that no answers have, also where it is not reached."""
    from jinja2 import TemplateSyntaxError, meta, nodes

    tree = environment.parse(text, filename=path)
    unknown = meta.find_undeclared_variables(tree) - {"model", *environment.globals}
    for one in tree.find_all(nodes.Name):
        if one.name in unknown:
            near = did_you_mean(f"model.{one.name}", [f"model.{name}" for name in names])
            words = f"there is no {one.name!r}; all that is known is in `model`"
            raise TemplateSyntaxError(f"{words}; {near}" if near else words, one.lineno, None, path)
    for each in tree.find_all(nodes.Getattr):
        if _is_model(each.node) and each.attr not in names:
            near = did_you_mean(each.attr, names) or "it has " + ", ".join(names)
            raise TemplateSyntaxError(f"no `model.{each.attr}`: {near}", each.lineno, None, path)


def _is_model(node: nodes.Node) -> bool:
    from jinja2 import nodes

    return isinstance(node, nodes.Name) and node.name == "model"


def _names(model: Any) -> tuple[str, ...]:
    return tuple(one for one in dir(type(model)) if not one.startswith("_"))


def _line_of(error: BaseException, path: str) -> int | None:
    """The line of the template: Jinja puts its lines into the traceback."""
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@dataclass(frozen=True)
class _Lines:
    """Which line of the template a line of the result is from."""

    path: str
    text: str
    chunks: list[tuple[str, int]]
    skipped: int
    template: KindTemplate

    def of(self, line: int) -> int | None:
        at = 1
        for words, start in self.chunks:
            after = at + words.count("\n")
            if after > line + self.skipped or (after == line + self.skipped and words[-1:] != "\n"):
                return self._nearest(start + max(line + self.skipped - at, 0), line)
            at = after
        return None

    def _nearest(self, guess: int, line: int) -> int:
        """Of the template's lines about there the one most like it: some lines make no line."""
        from difflib import SequenceMatcher

        whole = "".join(words for words, _ in self.chunks).splitlines()
        made = whole[line + self.skipped - 1].strip()
        lines = self.text.splitlines()
        about = range(max(guess - _ABOUT, 1), min(guess + _ABOUT, len(lines)) + 1)

        def likeness(number: int) -> tuple[float, int]:
            ratio = SequenceMatcher(None, lines[number - 1].strip(), made).ratio()
            return ratio, -abs(number - guess)

        return max(about, key=likeness, default=guess)

    def broken(self, what: str, line: int | None) -> PlatformError:
        return _broken(self.path, what, self.of(line) if line else None, self.template)


def _refuse_result(text: str, name: str, model: Any, lines: _Lines) -> None:
    """Raise PlatformError unless it could be the file of a model."""
    if name == "model.sql":
        _refuse_sql(text, lines)
        return
    import yaml

    try:
        value = yaml.load(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        words = f"it makes no valid YAML: {error.problem}"
        raise lines.broken(words, mark.line + 1 if mark else None) from error
    entries = value.get("models") if isinstance(value, dict) else None
    named = [one.get("name") for one in entries or () if isinstance(one, dict)]
    if named != [model.name]:
        raise lines.broken("it makes no entry of the model: `models:` with `[[ model.name ]]`", 1)


def _refuse_sql(text: str, lines: _Lines) -> None:
    from jinja2 import Environment, TemplateSyntaxError

    if not text.strip():
        raise lines.broken("it makes no SQL", 1)
    try:
        # Only read, to find a brace that is left open; dbt renders it.
        Environment(extensions=["jinja2.ext.do"], autoescape=False).parse(text)  # noqa: S701
    except TemplateSyntaxError as error:
        raise lines.broken(f"it makes broken Jinja: {error.message}", error.lineno) from error


def _broken(path: str, what: str, line: int | None, template: KindTemplate) -> PlatformError:
    if template.own(path.rpartition("/")[2]) is None:
        raise AssertionError(f"{path}:{line}: {what}")
    return PlatformError(
        f"the template {path} is broken: {what}",
        hint=_OURS.format(template.kind.name),
        where=Where(path, line),
    )
