"""What `platform snapshot verify` found, for the formats that show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule: its name, what it means, under how many keys, and some of them."""

    name: str
    what: str
    keys: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """One snapshot. `table` is empty when it has no history yet.

    `problem` says why the table cannot be looked at; `note` what is odd and breaks no rule.
    `key_change` names the keys of the history and of the YAML when the YAML's is another one
    that does not fit; what is found then holds under the history's own.
    """

    snapshot: str
    table: str = ""
    versions: int = 0
    open: int = 0
    faults: tuple[Fault, ...] = ()
    problem: str = ""
    note: str = ""
    key_change: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; so it is as long as there is no table."""
        return not self.faults and not self.problem
