"""The names every SQL file sees, parsed or compiled, and macros bound to them."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any, NoReturn

from platform_cli.project.jinja.adapter import Adapter
from platform_cli.project.jinja.catalog import NamesOnly
from platform_cli.project.jinja.column_types import ColumnType
from platform_cli.project.jinja.dialect import (
    MACRO_PREFIX,
    BrokenJinja,
    Returned,
    Unknown,
    render_text,
    template,
)
from platform_cli.project.jinja.macros import Macro
from platform_cli.project.jinja.names import builtin_names, raising

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from platform_cli.project.jinja.catalog import Catalog, StandIn
    from platform_cli.project.jinja.scope import Scope


def sql_names(
    scope: Scope,
    ours: dict[str, Any],
    *,
    parsing: bool,
    catalog: Catalog | None = None,
) -> Names:
    """A context for SQL: dbt's names, then `ours`, then the macros a file of the scope can see.

    `var` in `ours` is a function of the finished context, because a var's text is rendered in it.
    """
    names = Names(builtin_names(scope.flags))
    target = scope.target_names()
    adapter = Adapter(
        scope.macros.adapter,
        dict(scope.quoting),
        lambda name, space: BoundMacro(scope.macros.dispatch(scope.package, name, space), names),
        parsing=parsing,
        catalog=catalog,
        dbts_columns=(scope.macros.adapter == "duckdb" or isinstance(catalog, NamesOnly))
        and scope.macros.dbt_decides("get_columns_in_relation", "sql_convert_columns_in_relation"),
    )
    common = {
        "target": target,
        "env": target,
        "project_name": scope.root,
        "env_var": scope.env_var,
        "adapter": adapter,
        "api": {"Relation": adapter.Relation, "Column": ColumnType(adapter.type())},
        "column": ColumnType(adapter.type()),
        "exceptions": raising("compiler error"),
        "metric": Opaque("metric()"),
        "function": Opaque("function()"),
        "pre_hooks": [],
        "post_hooks": [],
        "sql": None,
        "compiled_code": None,
        "defer_relation": None,
        "sql_now": "now()" if scope.macros.adapter == "duckdb" else Opaque("sql_now"),
        # Nothing was ever stored, because storing is Unknown.
        "load_result": lambda _name: None,
        "store_result": Opaque("a query's result"),
        "store_raw_result": Opaque("a query's result"),
        "_sql_results": {},
        "validation": {"any": lambda *_: lambda _value: None},
        "render": lambda string: render_text(string, names),
        "write": Opaque("write()"),
        "try_or_compiler_error": _try_or_stop,
        "load_agate_table": Opaque("a seed's table"),
        "adapter_macro": Opaque("adapter_macro"),
        "selected_resources": [] if parsing else Opaque("selected_resources"),
        "submit_python_job": Opaque("submit_python_job"),
        "dbt_metadata_envs": Opaque("dbt_metadata_envs"),
        "invocation_args_dict": Opaque("invocation_args_dict"),
        "context_macro_stack": Opaque("context_macro_stack"),
    }
    make_var: Callable[[Any], Any] = ours["var"]
    for name, value in (common | ours | {"var": make_var(names)}).items():
        dict.__setitem__(names, name, value)
    dict.__setitem__(names, "builtins", dict(names))
    dict.__setitem__(names, "context", names)
    _bind(names, scope.macros.visible(scope.package))
    return names


class BoundMacro:
    """A macro in a context: calling it renders it there, as dbt's macro generator does."""

    def __init__(self, macro: Macro, names: Names) -> None:
        self.macro = macro
        self._names = names
        self._function: Any = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        stand_in = self._names.stand_ins.get(self.macro.unique_id)
        if stand_in is not None:
            return stand_in(self, *args, **kwargs)
        if self._function is None:
            functions = self._names.functions
            if self.macro.sql not in functions:
                functions[self.macro.sql] = _function(self.macro, self._names)
            self._function = functions[self.macro.sql]
        try:
            return self._function(*args, **kwargs)
        except Returned as returned:
            return returned.value

    def among(self, **changes: Any) -> BoundMacro:
        """The macro itself, whatever stands in for it, in a context where these names differ."""
        names = Names(self._names)
        for name, value in changes.items():
            dict.__setitem__(names, name, value)
        return BoundMacro(self.macro, names)

    def name(self, name: str) -> Any:
        """What a name means in its context; None for one that nobody knows."""
        return self._names.get(name)


def _function(macro: Macro, names: dict[str, Any]) -> Any:
    try:
        made = template(macro.sql)
    except BrokenJinja as error:
        message = f"in {macro.path}:{macro.line + error.line - 1}: {error.message}"
        raise BrokenJinja(message, certain=True) from error
    parent: Any = ChainMap(names, made.globals)
    context = made.environment.context_class(made.environment, parent, made.name, made.blocks)
    for _ in made.root_render_func(context):
        pass
    return context.vars[MACRO_PREFIX + macro.name]


class Names(dict[str, Any]):
    """A context shared by many files: a template that wants to change it is not decidable."""

    def __init__(self, names: dict[str, Any]) -> None:
        super().__init__(names)
        self.functions: dict[str, Any] = {}
        """The macros that were called, by their text, bound to this context."""
        self.stand_ins: Mapping[str, StandIn] = {}
        """What is called in place of macros, by their unique ids, with the macro first."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unknown("the Jinja changes its own context")

    update = setdefault = pop = popitem = clear = _refuse


def _bind(names: Names, visible: dict[str, Any]) -> None:
    """Puts the visible macros and packages over the names, as dbt does."""
    for name, found in visible.items():
        dict.__setitem__(
            names,
            name,
            BoundMacro(found, names)
            if isinstance(found, Macro)
            else {inner: BoundMacro(macro, names) for inner, macro in found.items()},
        )


class Opaque:
    """A name that may be mentioned, but not used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _stop(self, *_: Any, **__: Any) -> NoReturn:
        raise Unknown(f"{self._name} is known only to dbt")

    __call__ = __getitem__ = __iter__ = __str__ = __len__ = __bool__ = _stop

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._stop()


def _try_or_stop(message: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return function(*args, **kwargs)
    except Exception as error:
        raise BrokenJinja(str(message)) from error
