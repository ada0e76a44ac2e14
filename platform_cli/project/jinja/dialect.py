"""Jinja as dbt speaks it: environments, templates, native values. Nothing here knows a project.

Facts come from dbt 1.11 (`dbt_common.clients.jinja`): that module is not imported because its
imports cost more than reading a whole project.
"""

from __future__ import annotations

import re
from ast import literal_eval
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NoReturn

import jinja2
import jinja2.ext
import jinja2.nativetypes
import jinja2.nodes
import jinja2.parser
import jinja2.sandbox

from platform_cli.project.jinja.simple_call import simple_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MACRO_PREFIX = "dbt_macro__"
_LANGUAGES = jinja2.nodes.Name("supported_languages", "param")


class Unknown(BaseException):
    """Only dbt can tell: Jinja touched a database, another run, or something we do not know.

    Not an `Exception`, so that no filter, `try_or_compiler_error` or Jinja itself swallows it.
    """

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class BrokenJinja(Exception):  # noqa: N818  (it names what the user sees)
    """dbt would stop here too: a syntax error, a compiler error that a macro raises, ..."""

    def __init__(self, message: str, line: int = 0, *, certain: bool = False) -> None:
        """`certain` is False for what a gap in our own names could have caused as well."""
        super().__init__(message)
        self.message = message
        self.line = line
        self.certain = certain


class Returned(Exception):  # noqa: N818  (control flow, as in dbt)
    """`return(value)` inside a macro."""

    def __init__(self, value: Any) -> None:
        super().__init__("return() outside a macro")
        self.value = value


class _Silent(jinja2.Undefined):
    """An unknown name while dbt parses: calls, attributes and items of it are unknown as well."""

    def __init__(
        self, hint: str | None = None, obj: Any = None, name: str | None = None, exc: Any = None
    ) -> None:
        super().__init__(hint=hint, name=name)
        self.name = name
        self.hint = hint
        # The sandbox asks for these two before it calls something.
        self.unsafe_callable = False
        self.alters_data = False

    def __getitem__(self, key: Any) -> _Silent:  # type: ignore[override]
        return self

    def __getattr__(self, name: str) -> Any:
        if name == "name" or (name.startswith("__") and name.endswith("__")):
            raise AttributeError(name)
        self.name = name
        return type(self)(hint=self.hint, name=name)

    def __call__(self, *args: Any, **kwargs: Any) -> _Silent:  # type: ignore[override]
        return self

    def __reduce__(self) -> NoReturn:
        raise BrokenJinja(f"'{self.name or 'unknown'}' is undefined")


class _Parser(jinja2.parser.Parser):
    def parse_macro(self) -> jinja2.nodes.Macro:
        node = jinja2.nodes.Macro(lineno=next(self.stream).lineno)
        # A macro is only found under its prefixed name: one that a model's file defines for
        # itself cannot be called by its plain name, in dbt neither.
        node.name = MACRO_PREFIX + self.parse_assign_target(name_only=True).name
        self.parse_signature(node)
        node.body = self.parse_statements(("name:endmacro",), drop_needle=True)
        return node

    def parse_signature(self, node: Any) -> None:
        """Parameters, which may carry types: `(a, b: string, c: list[int] = [])`."""
        node.args = []
        node.defaults = []
        self.stream.expect("lparen")
        while self.stream.current.type != "rparen":
            if node.args:
                self.stream.expect("comma")
            parameter = self.parse_assign_target(name_only=True)
            parameter.set_ctx("param")
            if self.stream.skip_if("colon"):
                self._skip_type()
            if self.stream.skip_if("assign"):
                node.defaults.append(self.parse_expression())
            elif node.defaults:
                self.fail("non-default argument follows default argument")
            node.args.append(parameter)
        self.stream.expect("rparen")

    def _skip_type(self) -> None:
        self.stream.expect("name")
        if self.stream.skip_if("lbracket"):
            first = True
            while self.stream.current.type != "rbracket":
                if not first:
                    self.stream.expect("comma")
                first = False
                self._skip_type()
            self.stream.expect("rbracket")


class _Materialization(jinja2.ext.Extension):
    tags = {"materialization"}  # noqa: RUF012

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        node = jinja2.nodes.Macro(lineno=next(parser.stream).lineno)
        name = parser.parse_assign_target(name_only=True).name
        adapter = "default"
        node.args = []
        node.defaults = []
        while parser.stream.skip_if("comma"):
            option = parser.parse_assign_target(name_only=True)
            if option.name == "adapter":
                parser.stream.expect("assign")
                adapter = parser.parse_expression().value  # type: ignore[attr-defined]
            elif option.name == "supported_languages":
                option.set_ctx("param")
                node.args.append(option)
                parser.stream.expect("assign")
                node.defaults.append(parser.parse_expression())
            elif option.name != "default":
                parser.fail(f"materialization {name!r} got an unknown argument {option.name!r}")
        if _LANGUAGES not in node.args:
            node.args.append(_LANGUAGES)
            node.defaults.append(jinja2.nodes.List([jinja2.nodes.Const("sql")]))
        node.name = f"{MACRO_PREFIX}materialization_{name}_{adapter}"
        node.body = parser.parse_statements(("name:endmaterialization",), drop_needle=True)
        return node


class _Docs(jinja2.ext.Extension):
    tags = {"docs"}  # noqa: RUF012

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        node = jinja2.nodes.Macro(lineno=next(parser.stream).lineno)
        node.name = "dbt_docs__" + parser.parse_assign_target(name_only=True).name
        node.args = []
        node.defaults = []
        node.body = parser.parse_statements(("name:enddocs",), drop_needle=True)
        return node


class _Test(jinja2.ext.Extension):
    tags = {"test"}  # noqa: RUF012

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        node = jinja2.nodes.Macro(lineno=next(parser.stream).lineno)
        name = parser.parse_assign_target(name_only=True).name
        parser.parse_signature(node)
        node.name = f"{MACRO_PREFIX}test_{name}"
        node.body = parser.parse_statements(("name:endtest",), drop_needle=True)
        return node


class _Environment(jinja2.sandbox.SandboxedEnvironment):
    def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
        return _Parser(self, source, name, filename).parse()


class _NativeEnvironment(_Environment):
    code_generator_class = jinja2.nativetypes.NativeCodeGenerator


class _Text(str):
    __slots__ = ()


class _Literal(str):
    __slots__ = ()


class _Bool(_Literal):
    __slots__ = ()


class _Number(_Literal):
    __slots__ = ()


def _same(value: Any) -> Any:
    return value


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


@cache
def environment(*, silent: bool = False, native: bool = False) -> jinja2.Environment:
    """The environment dbt uses: silent while it parses a file, native for values in YAML."""
    made: jinja2.Environment = (_NativeEnvironment if native else _Environment)(
        extensions=[
            "jinja2.ext.do",
            "jinja2.ext.loopcontrols",
            _Materialization,
            _Docs,
            _Test,
        ],
        undefined=_Silent if silent else jinja2.Undefined,
        cache_size=0,
    )
    if native:
        made.filters.update(
            as_text=_Text, as_bool=_Bool, as_native=_Literal, as_number=_Number, is_list=_is_list
        )
    else:
        made.filters.update(
            as_text=_same, as_bool=_same, as_native=_same, as_number=_same, is_list=_is_list
        )
    return made


_templates: dict[tuple[str, bool, bool], jinja2.Template] = {}


def template(
    text: str,
    *,
    silent: bool = False,
    native: bool = False,
    tree: jinja2.nodes.Template | None = None,
) -> jinja2.Template:
    """The compiled template; BrokenJinja with its line when the syntax is wrong.

    `tree` is what `parse` made of the text, to save parsing it again; it is used up.
    """
    key = (text, silent, native)
    if (found := _templates.get(key)) is None:
        try:
            made = environment(silent=silent, native=native)
            found = _templates[key] = made.from_string(tree or text)
        except jinja2.TemplateSyntaxError as error:
            raise BrokenJinja(
                error.message or "syntax error", error.lineno, certain=True
            ) from error
    return found


def chunks(made: jinja2.Template, names: Mapping[str, Any]) -> Iterator[Any]:
    """The pieces a template renders to; any error that dbt would report is BrokenJinja."""
    from collections import ChainMap

    parent: Any = ChainMap(names, made.globals)  # type: ignore[arg-type]
    context = made.environment.context_class(made.environment, parent, made.name, made.blocks)
    try:
        yield from made.root_render_func(context)
    except BrokenJinja as error:
        error.line = error.line or _line(error, made)
        raise
    except Returned as error:
        # A macro takes its own before it gets here; for any other text dbt fails.
        raise BrokenJinja(
            "return() works in a macro only", _line(error, made), certain=True
        ) from error
    except Unknown as error:
        error.line = error.line or _line(error, made)
        raise
    except RecursionError as error:
        raise Unknown("the Jinja calls itself too deeply") from error
    except Exception as error:
        raise BrokenJinja(_words(error), _line(error, made)) from error


def _words(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text if isinstance(error, jinja2.TemplateError) else f"{type(error).__name__}: {text}"


def _line(error: BaseException, made: jinja2.Template) -> int:
    """The line of the template that was rendered when the error came up."""
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__jinja_template__") is made:
            line = made.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


_HAS_JINJA = re.compile(r"\{[{%#]|[#}%]\}")


def render_text(text: str, names: Mapping[str, Any], *, silent: bool = False) -> str:
    """What dbt renders text to; text without Jinja stays as it is, to the last newline."""
    if not _HAS_JINJA.search(text):
        return text
    return "".join(chunks(template(text, silent=silent), names))


def _called(text: str, names: Mapping[str, Any]) -> Any:
    """The value of `{{ ref('x') }}` and the like, called without making a template of them."""
    call = simple_call(text)
    if call is None or not names.keys() >= call.names:
        return _NO_CALL
    try:
        value = names[call.name](*call.args)
        if call.outer:
            value = names[call.outer](value)
    except (BrokenJinja, Unknown) as error:
        error.line = error.line or 1
        raise
    except Returned:
        raise
    except RecursionError as error:
        raise Unknown("the Jinja calls itself too deeply") from error
    except Exception as error:
        raise BrokenJinja(_words(error), 1) from error
    return value


_NO_CALL = object()


def render_value(text: str, names: Mapping[str, Any], *, silent: bool = False) -> Any:
    """What dbt makes of a YAML string: one expression keeps its type, more become text."""
    if not _HAS_JINJA.search(text):
        # Jinja makes every line end a plain one, and loses the last
        return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if (value := _called(text, names)) is not _NO_CALL:
        return value
    pieces = chunks(template(text, silent=silent, native=True), names)
    head = list(islice(pieces, 2))
    if not head:
        return ""
    if len(head) > 1:
        return "".join(str(piece) for piece in chain(head, pieces))
    only = head[0]
    if isinstance(only, _Text):
        return str(only)
    if not isinstance(only, _Literal):
        return only
    try:
        result = literal_eval(only)
    except (ValueError, SyntaxError, MemoryError):
        result = only
    if isinstance(only, _Bool) and not isinstance(result, bool):
        raise BrokenJinja(f"Could not convert value '{only!s}' into type 'bool'")
    if isinstance(only, _Number) and (
        isinstance(result, bool) or not isinstance(result, (int, float))
    ):
        raise BrokenJinja(f"Could not convert value '{only!s}' into type 'number'")
    return str(result) if isinstance(result, _Literal) else result


def parse(text: str) -> jinja2.nodes.Template:
    """The syntax tree, which a silent `template` takes too; BrokenJinja where it is wrong."""
    try:
        tree = environment(silent=True).parse(text)
    except jinja2.TemplateSyntaxError as error:
        raise BrokenJinja(error.message or "syntax error", error.lineno, certain=True) from error
    if "|" in text:
        _refuse_unknown_filters(tree)
    return tree


def _refuse_unknown_filters(node: jinja2.nodes.Node) -> None:
    """Jinja looks at filters when it makes code; those under a condition it lets pass."""
    if isinstance(node, jinja2.nodes.If | jinja2.nodes.CondExpr):
        return
    if isinstance(node, jinja2.nodes.Filter) and node.name not in environment(silent=True).filters:
        raise BrokenJinja(f"No filter named {node.name!r}.", node.lineno, certain=True)
    for child in node.iter_child_nodes():
        _refuse_unknown_filters(child)
