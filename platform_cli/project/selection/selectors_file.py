"""The selectors of selectors.yml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from platform_cli.errors import PlatformError, Where, did_you_mean
from platform_cli.project.selection.expression import (
    ALL_THE_WAY,
    Expression,
    Several,
    make_word,
    read_words,
)
from platform_cli.project.selection.methods import METHODS

FILE_NAME = "selectors.yml"
_OPTIONS = {
    "method", "value", "childrens_parents", "parents", "parents_depth", "children",
    "children_depth", "indirect_selection", "exclude",
}  # fmt: skip


def read_selector(root: Path, name: str) -> Expression:
    """The selector of that name in the project's selectors.yml.

    Raises PlatformError for a missing or broken file, an unknown name (with near names), and a
    definition that is none.
    """
    from platform_cli.project.files.tree import decode, read_bytes
    from platform_cli.project.files.yaml_files import load_yaml

    path = root / FILE_NAME
    if not path.is_file():
        raise PlatformError(
            f"--selector {name}: there is no {FILE_NAME} beside dbt_project.yml",
            hint="write the criteria after --select",
        )
    data = load_yaml(decode(read_bytes(str(path), FILE_NAME), FILE_NAME), FILE_NAME)
    written = data.get("selectors") if isinstance(data, Mapping) else None
    known = {
        str(one["name"]): one.get("definition")
        for one in (written if isinstance(written, list) else ())
        if isinstance(one, Mapping) and "name" in one
    }
    return _Definitions(known).named(name, ())


class _Definitions:
    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known

    def named(self, name: str, inside: tuple[str, ...]) -> Expression:
        if name not in self._known:
            raise PlatformError(
                f"there is no selector {name!r}",
                hint=did_you_mean(name, self._known)
                or f"{FILE_NAME} has: {', '.join(self._known) or 'none'}",
                where=Where(FILE_NAME),
            )
        if name in inside:
            raise _wrong(f"selector {name!r} is part of itself")
        return self._read(self._known[name], (*inside, name))

    def _read(self, written: Any, inside: tuple[str, ...]) -> Expression:
        if isinstance(written, str):
            return read_words([written])
        if not isinstance(written, Mapping) or not written:
            raise _wrong(f"selector {inside[-1]!r}: {written!r} is no definition")
        for how in ("union", "intersection"):
            if how in written:
                return self._several(how, written[how], inside)
        if "method" not in written and len(written) == 1:
            ((method, value),) = written.items()
            return self._word({"method": method, "value": value}, inside)
        return self._word(written, inside)

    def _several(
        self, how: Literal["union", "intersection"], parts: Any, inside: tuple[str, ...]
    ) -> Expression:
        if not isinstance(parts, list):
            raise _wrong(f"selector {inside[-1]!r}: {how} is no list")
        only_exclude = [
            one for one in parts if isinstance(one, Mapping) and set(one) == {"exclude"}
        ]
        taken = [one for one in parts if one not in only_exclude]
        if not taken or len(only_exclude) > 1:
            raise _wrong(f"selector {inside[-1]!r}: {how} needs criteria, and one exclude at most")
        found: Expression = Several(
            how, tuple(self._read(one, inside) for one in taken), inside[-1]
        )
        return self._without(found, only_exclude[0] if only_exclude else {}, inside)

    def _word(self, written: Mapping[str, Any], inside: tuple[str, ...]) -> Expression:
        if unknown := [str(key) for key in written if key not in _OPTIONS]:
            near = did_you_mean(unknown[0], _OPTIONS)
            raise _wrong(f"selector {inside[-1]!r}: there is no option {unknown[0]!r}", near)
        if "value" not in written:
            raise _wrong(f"selector {inside[-1]!r}: a criterion has a method and a value")
        method, *arguments = str(written.get("method", "fqn")).split(".")
        value = written["value"]
        if method == "selector":
            return self._without(self.named(str(value), inside), written, inside)
        word = make_word(
            f"{written.get('method', 'fqn')}:{value}",
            method,
            tuple(arguments),
            value if method == "config" else str(value),
            childrens_parents=bool(written.get("childrens_parents")),
            parents=_steps(written, "parents"),
            children=_steps(written, "children"),
        )
        return self._without(word, written, inside)

    def _without(
        self, found: Expression, written: Mapping[str, Any], inside: tuple[str, ...]
    ) -> Expression:
        excluded = written.get("exclude")
        if not excluded:
            return found
        if not isinstance(excluded, list):
            raise _wrong(f"selector {inside[-1]!r}: exclude is no list")
        return Several("difference", (found, *(self._read(one, inside) for one in excluded)))


def _steps(written: Mapping[str, Any], side: str) -> int | None:
    if not written.get(side):
        return None
    depth = written.get(f"{side}_depth")
    return depth if isinstance(depth, int) else ALL_THE_WAY


def _wrong(message: str, hint: str = "") -> PlatformError:
    return PlatformError(
        message,
        hint=hint or f"a criterion is `method: value`; methods: {', '.join(METHODS)}, state",
        where=Where(FILE_NAME),
    )
