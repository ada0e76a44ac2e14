"""Fix: model-has-description."""

from __future__ import annotations

import re
from collections.abc import Iterator

from platform_cli.conventions.fix import Scene, SuggestedError, fix
from platform_cli.project.edits.edit import Edit, SetKey, entry_way
from platform_cli.project.edits.properties_home import properties_home
from platform_cli.project.resources import Model
from platform_cli.project.still_to_write import is_still_to_write
from platform_cli.reporting.diagnostic import Diagnostic

FEWEST = 4
"""Words of a sentence that says something."""
_CONFIG = re.compile(r"\{\{-?\s*config\s*\(.*?\)\s*-?\}\}", re.DOTALL)
_COMMENT = re.compile(r"(?:--[^\n]*(?:\n[ \t]*|$))+|/\*.*?\*/|\{#.*?#\}", re.DOTALL)
_MARKS = re.compile(r"^[\s\-*#{/]+|[\s\-*#}/]+$")
_OF_TOOLS = re.compile(r"(waive|noqa|sqlfluff|sqlfmt|fmt|depends_on)\b", re.IGNORECASE)
_OF_THE_FILE = re.compile(
    r"(author|by|changed|changelog|copyright|created|date|last|modified|owner|see|ticket|updated|"
    r"written)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r";$|[{}<>=]|^(select|with|from|where|and|on|left|inner|join)\b", re.IGNORECASE)


@fix()
def model_has_description(_: Diagnostic, model: Model, scene: Scene) -> Iterator[Edit]:
    """What the comment at the top of its SQL says: the words of who wrote the model."""
    text = _comment(scene.text(model.path)) if model.path.endswith(".sql") else ""
    if not text:
        raise SuggestedError("what a row is, only a person knows; no comment at its top says it")
    path = properties_home(scene.project, model)
    yield SetKey(path, (*entry_way(model), "description"), text)


def _comment(sql: str) -> str:
    """The first paragraph of the first comment; empty when it is no description."""
    top = sql.lstrip("\ufeff \t\r\n")
    while config := _CONFIG.match(top):
        top = top[config.end() :].lstrip()
    comment = _COMMENT.match(top)
    paragraph: list[str] = []
    for written in comment[0].splitlines() if comment else ():
        line = _MARKS.sub("", written)
        if _OF_TOOLS.match(line):
            continue
        if line:
            paragraph.append(line)
        elif paragraph:
            break
    text = " ".join(" ".join(paragraph).split())
    says = len(text.split()) >= FEWEST and not is_still_to_write(text)
    return text if says and not (_OF_THE_FILE.match(text) or _CODE.search(text)) else ""
