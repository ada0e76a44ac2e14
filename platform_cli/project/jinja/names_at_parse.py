"""The names a SQL file sees while dbt parses it, and the record of what it calls."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from platform_cli.project.jinja.config_calls import merge_config_call
from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, chunks, template
from platform_cli.project.jinja.relation import Relation, UnknownRelation
from platform_cli.project.jinja.scope import Var
from platform_cli.project.jinja.sql_names import Names, Opaque, sql_names
from platform_cli.project.resources import Reference, Undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jinja2
    import jinja2.nodes

    from platform_cli.project.jinja.scope import Scope


class NamesAtParse:
    """One context per package; `start` empties the record before each file."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._template: jinja2.Template | None = None
        self._first = 1
        self._called_at = 0
        self._relation: Relation = UnknownRelation()
        self.node: Any = None
        self.references: list[Reference] = []
        self.config: dict[str, Any] = {}
        self.names = self._names()

    def start(self, node: Any) -> None:
        self.node = node
        self.references = []
        self.config = {}
        self._relation = self._own_relation()
        own = {
            "this": self._relation,
            "model": _Model(self),
            "database": _part(self._relation, "database"),
            "schema": _part(self._relation, "schema"),
        }
        for name, value in own.items():
            dict.__setitem__(self.names["builtins"], name, value)
            if name not in self._scope.macros.visible(self._scope.package):
                dict.__setitem__(self.names, name, value)

    def render(self, text: str, tree: jinja2.nodes.Template | None = None, line: int = 1) -> bool:
        """Renders for the record's sake; the text itself is thrown away, as dbt does.

        `line` is where the text begins in its file. True when it came to anything at all.
        """
        made = template(text, silent=True, tree=tree)
        outer, self._template, self._first = (self._template, self._first), made, line
        anything = False
        try:
            for _ in chunks(made, self.names):
                anything = True
        finally:
            self._template, self._first = outer
        return anything

    @contextmanager
    def at(self, line: int) -> Iterator[None]:
        """What is called meanwhile stands in this line of the file."""
        self._called_at = line
        try:
            yield
        finally:
            self._called_at = 0

    def _names(self) -> Names:
        scope = self._scope
        return sql_names(
            scope,
            {
                "var": lambda names: Var(scope.vars, required=False, names=names),
                "ref": self._ref,
                "source": self._source,
                "config": ConfigAtParse(self),
                "execute": False,
                # dbt fills it after parsing.
                "graph": {},
            },
            parsing=True,
        )

    def _own_relation(self) -> Relation:
        """The relation dbt gives at parse time for `this` and for every ref: the node's own."""
        target = self._scope.target
        if isinstance(target, Undecided) or not {"database", "schema"} <= target.keys():
            return UnknownRelation()
        return Relation(
            target["database"],
            target["schema"],
            self.node.name,
            quote=dict(self._scope.quoting),
        )

    def _ref(self, *args: Any, **kwargs: Any) -> Any:
        if len(args) not in (1, 2):
            raise BrokenJinja(f"ref() takes one or two names, not {len(args)}", certain=True)
        version = kwargs.get("version") or kwargs.get("v")
        for argument in args:
            if not isinstance(argument, str):
                raise BrokenJinja(f"ref() takes text, not {argument!r}")
        if version is not None and not isinstance(version, (str, int, float)):
            raise BrokenJinja(f"the version in ref() must be text or a number, not {version!r}")
        self.references.append(
            Reference("ref", tuple(str(a) for a in args), version, line=self._line())
        )
        return self._relation

    def _source(self, *args: Any) -> Any:
        if len(args) != 2:  # noqa: PLR2004
            raise BrokenJinja(f"source() takes two names, not {len(args)}", certain=True)
        for argument in args:
            if not isinstance(argument, str):
                raise BrokenJinja(f"source() takes text, not {argument!r}")
        self.references.append(Reference("source", tuple(str(a) for a in args), line=self._line()))
        return self._relation

    def _line(self) -> int:
        """The line of the file's own template that is being rendered now."""
        frame = sys._getframe(2)  # noqa: SLF001
        while frame is not None:
            if frame.f_globals.get("__jinja_template__") is self._template and self._template:
                line = self._template.get_corresponding_lineno(frame.f_lineno)
                return line + self._first - 1
            frame = frame.f_back  # type: ignore[assignment]
        return self._called_at


def names_for_macros(scope: Scope) -> Names:
    """The names `generate_*_name` macros see: no `this`, no `model`, required vars."""
    names = NamesAtParse(scope).names
    target = scope.target_names()
    ours = {
        "var": Var(scope.vars, required=True, names=names),
        "config": Opaque("config"),
        "ref": Opaque("ref()"),
        "source": Opaque("source()"),
        "model": Opaque("model"),
        "schema": target.get("schema") if "schema" in target else Opaque("schema"),
        "database": target.get("database") if "database" in target else Opaque("database"),
    }
    visible = scope.macros.visible(scope.package)
    for name, value in ours.items():
        dict.__setitem__(names["builtins"], name, value)
        if name not in visible:
            dict.__setitem__(names, name, value)
    return names


def _part(relation: Relation, name: str) -> Any:
    return Opaque(name) if isinstance(relation, UnknownRelation) else getattr(relation, name)


class ConfigAtParse:
    """`config` while parsing: calls are recorded, questions are answered with nothing."""

    def __init__(self, record: NamesAtParse) -> None:
        self._record = record

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if len(args) == 1 and not kwargs:
            options = args[0]
        elif not args and kwargs:
            options = kwargs
        else:
            raise BrokenJinja("config() takes keyword arguments or one mapping", certain=True)
        for old in ("pre_hook", "post_hook"):
            if old in options:
                new = old.replace("_", "-")
                if new in options:
                    raise BrokenJinja(f"config() has both '{old}' and '{new}'", certain=True)
                options[new] = options.pop(old)
        merge_config_call(self._record.config, options)
        return ""

    def set(self, name: str, value: Any) -> str:
        return self({name: value})

    def require(self, name: str, validator: Any = None) -> str:
        return ""

    def meta_require(self, name: str, validator: Any = None) -> str:
        return ""

    def get(self, name: str, default: Any = None, validator: Any = None) -> str:
        return ""

    def meta_get(self, name: str, default: Any = None, validator: Any = None) -> str:
        return ""

    def persist_relation_docs(self) -> bool:
        return False

    def persist_column_docs(self) -> bool:
        return False


_MODEL = ("name", "package_name", "resource_type", "path", "original_file_path", "unique_id")


class _Model:
    """`model` while parsing: the few attributes that are settled before the file is read."""

    def __init__(self, record: NamesAtParse) -> None:
        self._record = record

    def __getitem__(self, key: str) -> Any:
        if key in _MODEL:
            value = getattr(self._record.node, key, None)
            if value is not None:
                return value
        elif key == "alias":
            return self._record.node.name
        elif key in ("schema", "database"):
            return self._record.names["builtins"][key]
        raise Unknown(f"model.{key} while dbt parses")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]


def plain(value: Any) -> bool:
    """True for what a config can hold in a manifest: text, numbers, lists and mappings of them."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return True
    if isinstance(value, (list, tuple)):
        return all(plain(item) for item in value)
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(item) for key, item in value.items())
    return False
