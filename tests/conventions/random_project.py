"""Random small projects with old faults, refactorings that change nothing, and new faults."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

# fmt: off
WORDS = (
    "airport", "airline", "carrier", "city", "country", "delay", "departure", "arrival",
    "distance", "gate", "plane", "seat", "route", "runway", "terminal", "ticket", "weather",
    "wind", "price", "currency", "customer", "booking", "segment", "crew", "cargo", "fuel",
)
# fmt: on
TABLES = ("flights", "planes", "weather")
LAYERS = {"staging": "stg_", "intermediate": "int_", "marts": "fct_"}
PROJECT = "name: shop\nversion: '1.0'\nprofile: shop\n"
SOURCES = "sources:\n- name: raw\n  tables: [" + ", ".join(f"{{name: {t}}}" for t in TABLES) + "]\n"
GROUPS = "groups:\n- name: sales\n  owner: {email: sales@example.com}\n"


@dataclass
class Draft:
    """One model, as its author thinks of it."""

    name: str
    layer: str
    calls: list[str]
    columns: list[str]
    described: list[str]
    tested: bool
    description: str
    owned: bool
    folder: str = ""
    style: int = 0
    order: int = 0
    shared_yaml: bool = False


@dataclass
class RandomProject:
    """Models, and the means to write and to change them."""

    models: list[Draft] = field(default_factory=list)

    def files(self) -> dict[str, str]:
        """The project's files by path."""
        files = {
            "dbt_project.yml": PROJECT,
            "models/staging/_sources.yml": SOURCES,
            "models/_groups.yml": GROUPS,
        }
        shared: list[Draft] = []
        for one in self.models:
            place = f"models/{one.layer}/{one.folder}{one.name}"
            files[f"{place}.sql"] = _sql(one)
            if one.shared_yaml:
                shared.append(one)
            else:
                files[f"{place}.yml"] = "models:\n" + _yaml(one)
        if shared:
            shared.sort(key=lambda one: (one.order, one.name))
            files["models/_models.yml"] = "models:\n" + "".join(map(_yaml, shared))
        return files

    def copy(self) -> RandomProject:
        """The same, to be changed."""
        return deepcopy(self)


def random_project(random: Random) -> RandomProject:
    """Some models in layers, each with some of the faults that projects have."""
    project = RandomProject()
    for number in range(random.randint(3, 7)):
        layer = random.choice(list(LAYERS))
        prefix = LAYERS[layer] if random.random() < 0.8 else "x_"
        columns = random.sample(WORDS, random.randint(2, 6))
        if project.models and random.random() < 0.3:  # people copy
            columns = list(random.choice(project.models).columns)
        above = [f"ref('{one.name}')" for one in project.models]
        calls = random.sample(above, min(len(above), random.randint(0, 2)))
        if not calls or random.random() < 0.3:
            calls.append(f"source('raw', '{random.choice(TABLES)}')")
        project.models.append(
            Draft(
                name=f"{prefix}{random.choice(WORDS)}_{number}",
                layer=layer,
                calls=calls,
                columns=columns,
                described=random.sample(columns, random.randint(0, len(columns))),
                tested=random.random() < 0.5,
                description=random.choice(["", "TODO", f"One row per {random.choice(WORDS)}."]),
                owned=random.random() < 0.5,
                style=random.randrange(4),
                order=random.randrange(4),
                shared_yaml=random.random() < 0.3,
            )
        )
    return project


def refactored(project: RandomProject, random: Random) -> RandomProject:
    """The project after some changes that mean nothing: renames, moves, layout, order."""
    after = project.copy()
    for _ in range(random.randint(1, 5)):
        one = random.choice(after.models)
        change = random.choice(["rename", "rename", "move", "layout", "order", "yaml"])
        if change == "rename":
            _rename(after, one, random)
        elif change == "move":
            one.folder = random.choice(["", "sales/", "sales/old/"])
        elif change == "layout":
            one.style = random.randrange(4)
        elif change == "order":
            one.order = random.randrange(4)
            random.shuffle(after.models)
        else:
            one.shared_yaml = not one.shared_yaml
    return after


def _rename(project: RandomProject, one: Draft, random: Random) -> None:
    prefix = one.name.split("_")[0]
    number = random.randrange(10, 99)
    new = f"{prefix}_{random.choice(WORDS)}_{number}"
    if any(other.name == new for other in project.models):
        return
    for other in project.models:
        other.calls = [call.replace(f"'{one.name}'", f"'{new}'") for call in other.calls]
    one.name = new


def spoilt(project: RandomProject, random: Random) -> tuple[RandomProject, str, str]:
    """The project with one new fault: also the rule that has to find it, and in which model."""
    after = project.copy()
    marts = [one for one in after.models if one.layer == "marts"]
    ways = [
        *(("owner", one) for one in after.models if one.owned),
        *(("description", one) for one in after.models if one.description.startswith("One")),
        *(("column", one) for one in marts),
        *(("undescribed", one) for one in marts if one.described),
        *(("source", one) for one in marts),
        *(("copy", one) for one in after.models),
    ]
    way, one = random.choice(ways)
    if way == "owner":
        one.owned = False
        return after, "model-has-owner", one.name
    if way == "description":
        one.description = ""
        return after, "model-has-description", one.name
    if way == "column":
        one.columns.insert(0, "latest")
        return after, "columns-documented", one.name
    if way == "undescribed":
        one.described.remove(random.choice(one.described))
        return after, "columns-documented", one.name
    if way == "source":
        one.calls.insert(0, f"source('raw', '{random.choice(TABLES)}')")
        return after, "source-only-in-staging", one.name
    twin = deepcopy(one)
    twin.name, twin.owned = f"{one.name}_copy", False
    after.models.append(twin)
    return after, "model-has-owner", twin.name


def _sql(one: Draft) -> str:
    calls = [f"{{{{ {call} }}}}" for call in one.calls]
    if one.style == 1:
        calls = [f"{{{{{call}}}}}" for call in one.calls]
    between = {0: ", ", 1: "\n    , ", 2: ",\n    ", 3: " ,"}[one.style]
    columns = between.join(f"a.{column}" for column in one.columns)
    text = f"select {columns}\nfrom {calls[0]} as a\n"
    for number, call in enumerate(calls[1:]):
        text += f"inner join {call} as b{number} on a.{one.columns[0]} = b{number}.id\n"
    if one.style == 2:
        text = "-- laid out anew\n\n" + text.replace("select ", "SELECT\n    ")
        text = text.replace("\nfrom", "\nFROM").replace(" as ", " AS ")
    return text if one.style != 3 else "\n\n" + text.replace("\n", "  \n")


def _yaml(one: Draft) -> str:
    random = Random(one.order)
    parts = []
    if one.description:
        parts.append(f"  description: {one.description}\n")
    if one.owned:
        parts.append("  config: {group: sales}\n")
    columns = list(one.columns)
    random.shuffle(columns)
    entries = ""
    for column in columns:
        entries += f"  - name: {column}\n"
        if column in one.described:
            entries += f"    description: The {column}, as in the feed.\n"
        if one.tested and column == one.columns[-1]:
            entries += "    data_tests: [unique, not_null]\n"
    parts.append(f"  columns:\n{entries}")
    random.shuffle(parts)
    return f"- name: {one.name}\n{''.join(parts)}"
