"""`platform.yml`, the settings of the platform for one dbt project.

msgspec and not pydantic: the resources are msgspec structs, so it is loaded anyway, and pydantic
would add some 45 ms to the start of every command. YAML is imported only for a file that says
something: most of them are comments, and then the defaults hold.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, ValidationError, convert, field

from platform_cli.errors import PlatformError, Where, did_you_mean

if TYPE_CHECKING:
    import yaml

FILE_NAME = "platform.yml"
LARGEST = 1_000_000
"""Bytes. A settings file beyond that is some other file of the same name."""

RuleSeverity = Literal["off", "info", "warn", "error"]
Preset = Literal["minimal", "standard", "strict"]
Names = tuple[str, ...]
Adapter = Literal[
    "athena", "bigquery", "clickhouse", "databricks", "duckdb", "fabric", "mysql", "oracle",
    "postgres", "redshift", "snowflake", "spark", "sqlite", "sqlserver", "starrocks", "synapse",
    "teradata", "trino",
]  # fmt: skip


class Layer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the models of one layer live, how they are called, and what they may read."""

    folders: Annotated[
        Names,
        Meta(description="Folders of the layer, under models/ (or your model-paths)."),
    ]
    prefixes: Annotated[
        Names,
        Meta(description="A model's name starts with one of these. Empty: any name."),
    ] = ()
    parents: Annotated[
        Names,
        Meta(
            description="The layers its models may read, and `source` for sources; seeds and "
            "snapshots always. Empty: anything."
        ),
    ] = ()


def default_layers() -> dict[str, Layer]:
    """The layers of a project that sets none, lowest first: dbt's own recommendation."""
    return {
        "staging": Layer(folders=("staging",), prefixes=("stg_",), parents=("source", "staging")),
        "intermediate": Layer(
            folders=("intermediate",), prefixes=("int_",), parents=("staging", "intermediate")
        ),
        "marts": Layer(
            folders=("marts",),
            prefixes=("fct_", "dim_", "agg_", "bridge_"),
            parents=("staging", "intermediate", "marts"),
        ),
    }


class RuleWish(Struct, frozen=True):
    """What the project wants of one rule; no severity means the rule's own."""

    severity: RuleSeverity | None = None
    settings: dict[str, Any] = {}


class Waivers(Struct, frozen=True, forbid_unknown_fields=True):
    """How far a waiver may go."""

    max_days: Annotated[
        int, Meta(description="A waiver ends at most this many days ahead.", ge=1)
    ] = 90


class Check(Struct, frozen=True, forbid_unknown_fields=True):
    """What `platform check` holds the project to."""

    preset: Annotated[
        Preset,
        Meta(
            description="minimal: only the rules that are errors. standard: every rule as it is, "
            "without those to opt into. strict: these too, and warnings are errors."
        ),
    ] = "standard"
    locked: Annotated[
        Names,
        Meta(
            description="Rules that no waiver, no baseline and no preset takes away: what `rules` "
            "says here holds, or else their own severity."
        ),
    ] = ()
    layers: Annotated[
        dict[str, Layer],
        Meta(description="The layers by name. Given, they replace the three shown here."),
    ] = field(default_factory=default_layers)
    rules: Annotated[
        dict[str, RuleSeverity | dict[str, Any]],
        Meta(
            description="By a rule's name: off, info, warn or error; or a mapping of `severity` "
            "and the rule's own settings."
        ),
    ] = {}
    problems: Annotated[
        dict[str, RuleSeverity],
        Meta(
            description="What the files say wrongly, by the word in brackets: off, info, warn or "
            "error. For when the reader is mistaken: what dbt stops at, it stops at anyway."
        ),
    ] = {}
    waivers: Annotated[Waivers, Meta(description="How far a waiver may go.")] = Waivers()
    ignore: Annotated[
        Names,
        Meta(description="Files that no rule looks at, as patterns like those of .gitignore."),
    ] = ()
    adapter: Annotated[
        Adapter,
        Meta(
            description="What the SQL is written for, as `type:` in profiles.yml says it. Needed "
            "where that file cannot be read, as on a machine without one; else the SQL is taken "
            "for DuckDB's."
        ),
    ] = "duckdb"

    def rule(self, name: str) -> RuleWish:
        """What the project wants of the rule of that name.

        The names of rules and of their settings are for the rules to check: see `setting_place`.
        """
        wish = self.rules.get(name, {})
        if isinstance(wish, str):
            return RuleWish(severity=wish)
        settings = {key: value for key, value in wish.items() if key != "severity"}
        return RuleWish(severity=wish.get("severity"), settings=settings)


class Preview(Struct, frozen=True, forbid_unknown_fields=True):
    """What `platform preview` shows."""

    limit: Annotated[int, Meta(description="How many rows to show.", ge=1)] = 20


class Build(Struct, frozen=True, forbid_unknown_fields=True):
    """What `platform build` does."""

    check: Annotated[
        bool, Meta(description="Whether what is selected has to keep the conventions first.")
    ] = True


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of the platform for this dbt project."""

    check: Annotated[Check, Meta(description="What `platform check` holds the project to.")] = (
        Check()
    )
    build: Annotated[Build, Meta(description="What `platform build` does.")] = Build()
    preview: Annotated[Preview, Meta(description="What `platform preview` shows.")] = Preview()


def load_config(project_directory: Path) -> Config:
    """The settings in the project's `platform.yml`; the defaults when there is none.

    Raises PlatformError, with line and column, for a file that is not YAML, an unknown setting,
    a value of the wrong type, or a layer that reads a layer which does not exist.
    """
    path = project_directory / FILE_NAME
    if not path.is_file():
        return Config()
    text = _text(path)
    if not re.search(r"^\s*[^#\s]", text, re.MULTILINE):
        return Config()
    data = _data(text)
    try:
        config = convert(data, Config)
    except ValidationError as error:
        raise _wrong(text, data, error) from None
    _check_rules(text, config.check)
    _check_parents(text, config.check)
    return config


def setting_place(project_directory: Path, *keys: str) -> Where:
    """Where a setting stands in `platform.yml`: the nearest part of `keys` that is written."""
    path = project_directory / FILE_NAME
    return _place(_text(path), *keys) if path.is_file() else Where(FILE_NAME)


def json_schema() -> str:
    """The JSON schema that editors check `platform.yml` with, as text."""
    # Only `make schema` and a test need these.
    import json

    from msgspec.json import schema

    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema(Config)}
    return json.dumps(made, indent=2) + "\n"


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise PlatformError(
            f"{FILE_NAME} is larger than {LARGEST // 1000} kB",
            where=Where(FILE_NAME),
            hint="settings are a page of text; is this another file of the same name?",
        )
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        before = path.read_bytes()[: error.start]
        raise PlatformError(
            f"{FILE_NAME} is not UTF-8 text",
            where=Where(FILE_NAME, before.count(b"\n") + 1),
            hint="save the file as UTF-8",
        ) from None


def _data(text: str) -> Any:
    """The YAML as Python values; nothing at all is no settings."""
    import yaml

    try:
        found = yaml.load(text, Loader=_loader())  # noqa: S506  (it is a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PlatformError(
            f"{FILE_NAME} is not valid YAML: {error.problem}",
            where=Where(FILE_NAME, mark.line + 1, mark.column + 1) if mark else Where(FILE_NAME),
            hint="look at the indentation, colons and quotes around this place",
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PlatformError(
            f"{FILE_NAME} is not valid YAML: {error}", where=Where(FILE_NAME)
        ) from None
    return _without_empty(found) or {}


def _without_empty(value: Any) -> Any:
    """The value without keys that say nothing: what is left when all below is commented out."""
    if not isinstance(value, dict):
        return value
    return {key: _without_empty(inner) for key, inner in value.items() if inner is not None}


def _loader() -> type[yaml.SafeLoader]:
    import yaml

    class Loader(yaml.SafeLoader):
        """YAML 1.2's booleans, as editors read them (`off` is a word); no key twice; no aliases."""

        yaml_implicit_resolvers = {  # noqa: RUF012  (a class of PyYAML's making)
            first: [
                pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool" or first in "tTfF"
            ]
            for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            # An alias may hold itself or grow without end, and a page of settings needs none.
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.composer.ComposerError(None, None, "write it out, without `*`", mark)
            return super().compose_node(parent, index)

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    continue
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"{key.value!r} is there twice", key.start_mark
                    )
                seen.add(key.value)
            return super().construct_mapping(node, deep)

    return Loader


def _place(text: str, *keys: str) -> Where:
    """The key at the end of `keys`, or the last one of them that the file has."""
    import yaml

    node, mark = yaml.compose(text, Loader=_loader()), None
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == key), None)
        if found is None:
            break
        mark, node = found[0].start_mark, found[1]
    return Where(FILE_NAME, mark.line + 1, mark.column + 1) if mark else Where(FILE_NAME)


def _wrong(text: str, data: Any, error: ValidationError) -> PlatformError:
    keys, known, said = _fault(data, Config) or ((), (), str(error))
    name, where = ".".join(keys), _place(text, *keys)
    if known:
        return PlatformError(
            f"unknown setting {name!r}",
            where=where,
            hint=did_you_mean(keys[-1], known) or f"known here: {', '.join(known)}",
        )
    hint = ""
    if keys[:2] == ("check", "rules"):
        hint = f"write one of {', '.join(get_args(RuleSeverity))}, or a mapping with `severity:`"
    return PlatformError(f"{name or FILE_NAME}: {_in_yaml_words(said)}", where=where, hint=hint)


def _in_yaml_words(said: str) -> str:
    words = {"array": "list", "object": "mapping", "str": "text", "int": "whole number"}
    said = said.replace("Object missing required field", "there has to be a setting named")
    said = re.sub(r"\b(array|object|str|int)\b", lambda found: words[found[1]], said)
    return said[:1].lower() + said[1:].replace("`", "")


def _fault(value: Any, of: Any) -> tuple[tuple[str, ...], Names, str] | None:
    """The first fault: its keys, the known names if a name is unknown, and what is wrong.

    msgspec names no key inside a mapping with free names (`$.check.rules[...]`), so the way down
    to the place is walked here.
    """
    try:
        convert(value, of)
    except ValidationError as error:
        said = str(error).split(" - at ")[0]
    else:
        return None
    while get_origin(of) is Annotated:
        of = get_args(of)[0]
    if isinstance(value, dict):
        free = get_origin(of) is dict
        known = get_type_hints(of, include_extras=True) if not free and _is_struct(of) else {}
        for key, inner in value.items():
            if known and key not in known:
                return (str(key),), tuple(known), said
            if found := _fault(inner, get_args(of)[1] if free else known.get(key, Any)):
                return (str(key), *found[0]), found[1], found[2]
    return (), (), said


def _is_struct(of: Any) -> bool:
    return isinstance(of, type) and issubclass(of, Struct)


def _check_rules(text: str, check: Check) -> None:
    known = get_args(RuleSeverity)
    for name in check.rules:
        severity = check.rule(name).severity
        if severity is not None and severity not in known:
            raise PlatformError(
                f"check.rules.{name}: {severity!r} is no severity",
                where=_place(text, "check", "rules", name, "severity"),
                hint=did_you_mean(str(severity), known) or f"write one of {', '.join(known)}",
            )


def _check_parents(text: str, check: Check) -> None:
    known = (*check.layers, "source")
    for name, layer in check.layers.items():
        for parent in layer.parents:
            if parent not in known:
                raise PlatformError(
                    f"layer {name!r} may read {parent!r}, which is no layer",
                    where=_place(text, "check", "layers", name, "parents"),
                    hint=did_you_mean(parent, known) or f"known: {', '.join(known)}",
                )
