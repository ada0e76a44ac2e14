"""A source table that lives: its rows change, leave and return, its columns too."""

from __future__ import annotations

from random import Random

from tests.scd.properties.literals import (
    KEYS,
    KEYS_TURN_INTO,
    TURNS_INTO,
    VALUES,
    as_type,
    some_value,
)

ODD_NAMES = ["select", "Two Words", "ÜBER", 'say "hi"', "a.b", "it's", "1st", "group", "N", "x_y"]
PLAIN_NAMES = ["name", "amount", "city", "note", "Level", "price"]
TIMES = ["TIMESTAMP", "DATE", "TIMESTAMP WITH TIME ZONE"]
COMMON = ["INTEGER", "DOUBLE", "VARCHAR", "DECIMAL(10,2)", "DATE", "VARCHAR", "INTEGER"]


class Table:
    """Columns and the rows that are there now; keys first, then values, then `updated_at`."""

    def __init__(self, random: Random, *, many: bool, timed: bool) -> None:
        self.random = random
        names = PLAIN_NAMES if random.random() < 0.5 else [*ODD_NAMES, *PLAIN_NAMES]
        names = random.sample(names, 6)
        self.keys = [names.pop() for _ in range(random.choice([1, 1, 1, 2]))]
        self.types = {name: random.choice(list(KEYS)) for name in self.keys}
        if many:
            self.types[self.keys[0]] = "INTEGER"
        self.updated_at = random.choice(["updated_at", "Updated At"]) if timed else None
        if self.updated_at:
            self.types[self.updated_at] = random.choice(TIMES)
        kinds = list(VALUES) if random.random() < 0.4 else COMMON
        for _ in range(random.choice([1, 2, 2, 3])):
            self.types[names.pop()] = random.choice(kinds)
        self.spare = names
        self.gone: dict[str, str] = {}
        self.many = many
        self.rows: dict[tuple[str, ...], dict[str, str | None]] = {}
        self.left: dict[tuple[str, ...], dict[str, str | None]] = {}

    def values(self) -> list[str]:
        return [name for name in self.types if name not in self.keys and name != self.updated_at]

    def new_key(self) -> tuple[str, ...]:
        pools = [KEYS[self.types[name]] for name in self.keys]
        if self.many:
            pools[0] = [str(number) for number in range(40)]
        return tuple(self.random.choice(pool) for pool in pools)

    def add(self, day: int) -> None:
        key = self.new_key() if self.types[self.keys[0]] in KEYS else None
        if self.left and self.random.random() < 0.7:
            key = self.random.choice(list(self.left))
        if key is None or key in self.rows:
            return
        row = self.left.pop(key, None)
        if row is None or self.random.random() < 0.5:
            row = dict(zip(self.keys, key, strict=True))
            row |= {name: some_value(self.random, self.types[name]) for name in self.values()}
        if self.updated_at:
            row[self.updated_at] = self.moment(day)
        self.rows[key] = row

    def change(self, day: int) -> None:
        """Some cells of a row; its `updated_at` follows, or stays, or goes anywhere."""
        if not self.rows:
            return
        row = self.rows[self.random.choice(list(self.rows))]
        if self.random.random() < 0.9:
            for name in self.random.sample(
                self.values(), self.random.randint(0, len(self.values()))
            ):
                row[name] = some_value(self.random, self.types[name])
        if self.updated_at and self.random.random() < 0.8:
            row[self.updated_at] = self.moment(day)

    def leave(self) -> None:
        if self.rows:
            key = self.random.choice(list(self.rows))
            self.left[key] = self.rows.pop(key)

    def moment(self, day: int) -> str:
        """Mostly a time since yesterday, at times long ago or still to come."""
        shift = self.random.choice([0, 0, 0, -1, -1, -2, -3, -4, -6, 1])
        hour = self.random.choice([0, 0, 6, 12])
        moment = f"2024-01-{max(1, day + shift):02}"
        kind = self.types[self.updated_at or ""]
        if kind == "DATE":
            return moment
        zone = self.random.choice(["+00", "+02"]) if kind != "TIMESTAMP" else ""
        return f"{moment} {hour:02}:00:00{zone}"

    def evolve(self) -> None:
        """One change of the columns."""
        what = self.random.choice(
            ["add", "drop", "return", "type", "type", "key type", "case", "order"]
        )
        if what == "add" and self.spare:
            self.bring(self.spare.pop(), self.random.choice(COMMON))
        elif what == "drop" and len(self.values()) > 1:
            name = self.random.choice(self.values())
            self.gone[name] = self.types.pop(name)
            for row in [*self.rows.values(), *self.left.values()]:
                row.pop(name, None)
        elif what == "return" and self.gone:
            self.bring(*self.gone.popitem())
        elif what == "type" and self.values():
            self.retype(self.random.choice(self.values()), TURNS_INTO)
        elif what == "key type" and self.random.random() < 0.5:
            self.retype(self.random.choice(self.keys), KEYS_TURN_INTO)
        elif what == "case":
            self.rename(self.random.choice(list(self.types)))
        elif what == "order":
            names = list(self.types)
            self.random.shuffle(names)
            self.types = {name: self.types[name] for name in names}

    def bring(self, name: str, kind: str) -> None:
        self.types[name] = kind
        empty = self.random.random() < 0.4
        for row in [*self.rows.values(), *self.left.values()]:
            row[name] = None if empty else some_value(self.random, kind)

    def retype(self, name: str, into: dict[str, list[str]]) -> None:
        kinds = into.get(self.types[name])
        if not kinds:
            return
        kind = self.types[name] = self.random.choice(kinds)
        for row in [*self.rows.values(), *self.left.values()]:
            row[name] = as_type(row.get(name), kind, self.random)

    def rename(self, name: str) -> None:
        """Another letter case is the same name."""
        other = self.random.choice([name.upper(), name.lower(), name.title()])
        if other == name or other.lower() != name.lower():
            return
        self.types = {other if each == name else each: kind for each, kind in self.types.items()}
        for row in [*self.rows.values(), *self.left.values()]:
            if name in row:
                row[other] = row.pop(name)
        self.keys = [other if each == name else each for each in self.keys]
        self.updated_at = other if self.updated_at == name else self.updated_at

    def listed(self) -> tuple[list[tuple[str, str]], list[list[str | None]]]:
        """Columns and rows, in any order."""
        rows = [[row.get(name) for name in self.types] for row in self.rows.values()]
        self.random.shuffle(rows)
        return list(self.types.items()), rows
