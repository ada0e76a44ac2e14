"""What a template is filled with: plain values, that can be remembered and used again."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from platform_cli.project.identifiers import quoted
from platform_cli.scaffold.model.kinds import Kind
from platform_cli.scaffold.model.relations import Relation
from platform_cli.scaffold.model.select_list import SelectList
from platform_cli.scaffold.unit_test.made_up_test import MadeUpTest

if TYPE_CHECKING:
    from platform_cli.scaffold.model.files import NewModel


@dataclass(frozen=True, slots=True)
class Incremental:
    """Only new rows are read: by `column` of the first parent, which is called `name` here."""

    column: str
    name: str
    append: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A relation that the model reads: the name of its import CTE, and what that selects from."""

    alias: str
    read: str
    call: str
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """`model` in a template. What is new here needs a default: older answers do not have it."""

    name: str
    kind: Kind
    owner: str
    description: str
    parents: tuple[Read, ...]
    selected: SelectList
    key: tuple[str, ...] = ()
    contract: bool = False
    sla: str = ""
    sla_key: str = "sla"
    """What the SLA is called in `meta`."""
    incremental: Incremental | None = None
    relations: tuple[Relation, ...] = ()
    unit_test: MadeUpTest | None = None
    own_sql: bool = field(default=False)
    """Whether a person wrote the SQL: then it is no template's."""

    @classmethod
    def of(cls, model: NewModel) -> Answers:
        """What the templates get to know of a new model."""
        return cls(
            name=model.name,
            kind=model.kind,
            owner=model.owner,
            description=model.description,
            parents=tuple(Read(one.alias, one.read, one.call, one.only) for one in model.parents),
            selected=model.selected,
            key=model.key,
            contract=model.contract,
            sla=model.sla,
            sla_key=model.sla_key,
            incremental=model.incremental,
            relations=model.relations,
            unit_test=model.unit_test,
            own_sql=bool(model.query),
        )

    @classmethod
    def remembered(cls, kept: dict[str, Any], kind: Kind) -> Answers:
        """The answers that `plain` wrote down.

        Raises msgspec.ValidationError, with the place, when they are of another shape.
        """
        import msgspec

        known: dict[str, Any] = {**kept, "kind": msgspec.to_builtins(kind)}
        return msgspec.convert(known, cls)

    @property
    def plain(self) -> dict[str, Any]:
        """All of it but for the kind, as values of YAML; what is as usual is left out."""
        every: dict[str, Any] = _plain(self)
        every.pop("kind")
        return every

    @property
    def key_as_row(self) -> str:
        """The columns of the key as one value, in SQL."""
        return f"({', '.join(map(quoted, self.key))})"

    def relation_of(self, column: str) -> Relation | None:
        """The table whose key the column holds, when that is to be tested."""
        return next((one for one in self.relations if one.column == column), None)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            one.name: _plain(getattr(value, one.name))
            for one in fields(value)
            if one.default is MISSING or getattr(value, one.name) != one.default
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
