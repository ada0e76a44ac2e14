"""Values of every type, written as SQL literals, few enough to meet again."""

from random import Random

WORDS = [
    "",
    "a",
    "b",
    "A",
    "007",
    "7",
    "7.0",
    "1.50",
    "a|b",
    "O'Brien",
    "é",
    "NULL",
    "null",
    "nan",
    " a",
]
VALUES = {
    "INTEGER": ["0", "1", "2", "7", "-1"],
    "BIGINT": ["0", "1", "2", "7", "9007199254740992"],
    "HUGEINT": ["0", "1", "7", "170141183460469231731687303715884105727"],
    "DOUBLE": ["0", "1", "1.5", "-0.0", "nan", "inf", "-inf", "0.1"],
    "DECIMAL(10,2)": ["0.00", "1.00", "1.50", "7.25", "-3.10"],
    "DECIMAL(12,4)": ["0.0000", "1.0000", "1.5000", "1.2345"],
    "VARCHAR": WORDS,
    "BOOLEAN": ["true", "false"],
    "DATE": ["2024-01-01", "2024-01-02", "1999-12-31"],
    "TIMESTAMP": ["2024-01-01 00:00:00", "2024-01-02 00:00:00", "2024-01-01 10:30:00.000001"],
    "JSON": ['{"a":1,"b":[2,null]}', '{"b":[2,null],"a":1}', '{"a":1}', "[1]", "null", '"a"'],
    "INTEGER[]": ["[1, 2]", "[2, 1]", "[]", "[1, NULL]", "[NULL]"],
    "STRUCT(a INTEGER, b VARCHAR)": [
        "{'a': 1, 'b': x}",
        "{'a': NULL, 'b': x}",
        "{'a': 1, 'b': NULL}",
    ],
}
KEYS = {
    "INTEGER": ["1", "2", "3", "4"],
    "BIGINT": ["1", "2", "3", "9007199254740993"],
    "VARCHAR": ["a", "b", "a|b", "b|c", "", "1", "01", "a "],
    "DATE": ["2024-01-01", "2024-01-02", "2024-01-03"],
    "BOOLEAN": ["true", "false"],
    "DECIMAL(10,2)": ["1.00", "1.50", "2.00"],
}
TURNS_INTO = {
    "INTEGER": ["BIGINT", "DOUBLE", "DECIMAL(10,2)", "VARCHAR"],
    "BIGINT": ["INTEGER", "HUGEINT", "VARCHAR", "DECIMAL(10,2)"],
    "DOUBLE": ["INTEGER", "VARCHAR", "DECIMAL(10,2)"],
    "DECIMAL(10,2)": ["DECIMAL(12,4)", "DOUBLE", "VARCHAR", "INTEGER"],
    "DECIMAL(12,4)": ["DECIMAL(10,2)", "INTEGER"],
    "VARCHAR": ["INTEGER", "DATE"],
    "DATE": ["TIMESTAMP", "VARCHAR"],
    "TIMESTAMP": ["DATE", "VARCHAR"],
    "BOOLEAN": ["VARCHAR", "INTEGER"],
}
KEYS_TURN_INTO = {
    "INTEGER": ["BIGINT", "VARCHAR", "DECIMAL(10,2)"],
    "BIGINT": ["VARCHAR"],
    "DATE": ["VARCHAR", "TIMESTAMP"],
}

NUMBERS = {"INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "DECIMAL(10,2)", "DECIMAL(12,4)"}
LARGE = 1e7


def some_value(random: Random, kind: str) -> str | None:
    return None if random.random() < 0.15 else random.choice(VALUES[kind])


def as_type(value: str | None, kind: str, random: Random) -> str | None:
    """The same value written in another type, or some other value when it has no such form."""
    if value is None or kind == "VARCHAR":
        return value
    same = as_number(value, kind) if kind in NUMBERS else as_time(value, kind)
    return random.choice(VALUES[kind]) if same is None else same


def as_number(value: str, kind: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return None
    if kind == "DOUBLE":
        return value
    small = abs(number) < LARGE  # neither infinite nor too long
    if kind.startswith("DECIMAL"):
        return value if small else None
    return value if small and "." not in value else None


def as_time(value: str, kind: str) -> str | None:
    if (
        kind in {"DATE", "TIMESTAMP"}
        and value[:2] in {"19", "20"}
        and len(value) >= len("2024-01-01")
    ):
        return value[:10] + ("" if kind == "DATE" else " 00:00:00")
    return None
