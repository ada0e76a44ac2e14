"""Templates change under 50 generated models in many hands: what merges, and that edits survive."""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
import yaml

from platform_cli.project.edits.merge_keys import merge_keys
from platform_cli.project.edits.merge_lines import merge_lines
from tests.made_builders import KINDS, as_made, eject, fifty

SECTIONS = ("models", "unit_tests")


class Change(NamedTuple):
    """One change of a text, and what it is about; about the same, two may clash."""

    about: str
    make: Callable[[str], str]


def sub(pattern: str, new: str, count: int = 1) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=count, flags=re.MULTILINE)


def other_style(text: str) -> str:
    """As another tool would write it: no comments, other indents, quotes and order."""
    return yaml.safe_dump(yaml.safe_load(text), sort_keys=False, indent=4, allow_unicode=True)


def among_others(text: str) -> str:
    value = yaml.safe_load(text)
    value["models"].insert(0, {"name": "another", "description": "TODO"})
    return "# All of ours.\nversion: 2\n" + yaml.safe_dump(value, sort_keys=False)


def columns_turned(text: str) -> str:
    value = yaml.safe_load(text)
    value["models"][0]["columns"].reverse()
    return yaml.safe_dump(value, sort_keys=False)


TWO_TESTS = r"data_tests: \[unique, not_null\]"
TESTS_BELOW = "data_tests:\n          - unique:\n              config: {severity: warn}\n"
OWNERS = (
    Change("description", sub(r"^    description: .*", "    description: 'What *I* say.'  # Ada")),
    Change("tags", sub(r"^    config:\n", "    config:\n      tags: [mine]\n")),
    Change("group", sub(r"^      group: .*", "      group: 'others'  # since May")),
    Change("new column", sub(r"^    columns:\n", "    columns:\n      - name: added\n")),
    Change("comments", sub(r"^      - name: (.*)", r"      # about \1\n      - name: \1", 9)),
    Change(
        "column text", sub(r"^        description: .*", "        description: >\n          Mine.")
    ),
    Change("tests", sub(TWO_TESTS, f"{TESTS_BELOW}          - not_null")),
    Change("quotes", sub(r"data_type: (\w+)$", r'data_type: "\1"', 9)),
    Change("blank lines", sub(r"^      - name:", "\n      - name:", 9)),
    Change("no unit test", lambda text: text.partition("\nunit_tests:")[0] + "\n"),
    Change("confirmed", sub(r"^    config:\n      meta: \{unverified: true\}\n", "")),
    Change("rows", sub(r"^          - \{(\w+): .*?,", r"          - {\1: 4711,")),
    Change("order", columns_turned),
    Change("style", other_style),
    Change("place", among_others),
    Change("line ends", lambda text: text.replace("\n", "\r\n")),
)
"""In the order in which they are made: the last ones write the file anew."""
COLUMN_KEY = "        config: {meta: {made: true}}\n[% set relation"
TEMPLATES = (
    Change("tags", sub(r"^      group:", "      tags: [generated]\n      group:")),
    Change("meta", sub(r"^      group:", "      docs: {show: true}\n      group:")),
    Change("description", sub(r"model.description \|", "('Made. ' ~ model.description) |")),
    Change("types", sub(r"column.data_type \| yaml", "(column.data_type | upper) | yaml")),
    Change("column key", sub(r"^\[% set relation", COLUMN_KEY)),
    Change("tests", sub(TWO_TESTS, "data_tests: [{unique: {config: {where: id > 0}}}, not_null]")),
    Change("tests more", sub(TWO_TESTS, "data_tests: [unique, not_null, no_gaps]")),
    Change("unit text", sub(r"Made-up rows, and what", "Rows made up, and what")),
    Change("comment", sub(r"^    columns:", "    # One entry per column.\n    columns:")),
    Change("relations", sub(r"arguments: \{to: ", r"arguments: {nulls: false, to: ")),
)


def theirs_of(made, changes, root):
    folder = eject(root, made.answers.kind)
    text = (folder / "model.yml").read_text()
    for one in changes:
        text = one.make(text)
    (folder / "model.yml").write_text(text)
    return made.renewed(root)


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(one, marks=pytest.mark.slow) for one in range(1, 4))]
)
def test_95_of_100_upgrades_of_yaml_need_nobody(seed, tmp_path) -> None:
    random_ = random.Random(seed)
    clashes, lost = [], []
    for answers in fifty():
        made = as_made(answers)
        owner = sorted(random_.sample(OWNERS, 4), key=OWNERS.index)
        template = random_.sample(TEMPLATES, 3)
        # Only where the keys do not clash: not both of the same.
        template = [one for one in template if one.about not in {each.about for each in owner}]
        mine = made.yml
        for one in owner:
            mine = one.make(mine)
        new = theirs_of(made, template, tmp_path)
        after = merge_keys(made.yml, mine, new.yml, sections=SECTIONS, names=(made.model,) * 2)
        if after.clashes:
            clashes.append((made.model, [one.about for one in (*owner, *template)], after.clashes))
        came_in({one.about for one in template}, made.yml, mine, after.text)
        lost += survived(mine, after.text, made.yml, new.yml)
        again = merge_keys(new.yml, after.text, new.yml, sections=SECTIONS, names=(made.model,) * 2)
        assert again.text == after.text
    assert lost == []
    assert len(clashes) <= 2, clashes


def came_in(about: set[str], base: str, mine: str, after: str) -> None:
    """What the template changed is there, in every column that both have, and nothing twice."""
    model = "^(?!another)"
    values = [yaml.safe_load(one) for one in (base, mine, after)]
    entries = [
        next(one for one in value["models"] if re.match(model, one["name"])) for value in values
    ]
    assert len(values[2]["models"]) == len(values[1]["models"])
    old, own, new = ({one["name"]: one for one in entry["columns"]} for entry in entries)
    assert list(new) == list(own)
    assert ("docs" in entries[2]["config"]) == ("meta" in about)
    for name in old.keys() & new.keys():
        assert ("config" in new[name]) == ("column key" in about)
        if "types" in about and "data_type" in own[name]:
            assert new[name]["data_type"] == old[name]["data_type"].upper()
    # The unit test is there as it was, or as somebody left it.
    assert ("unit_tests" in values[2]) == ("unit_tests" in values[1])


def survived(mine: str, after: str, base: str, new: str) -> list[str]:
    """The lines of the owner that are not the template's, and are gone."""
    made = set(re.sub(r"\s|['\"]", "", base).splitlines())
    plain = {re.sub(r"['\" ]", "", one) for one in base.splitlines()}
    theirs = plain | made
    there = set(after.splitlines(keepends=True))
    return [
        line
        for line in mine.splitlines(keepends=True)
        if line not in there and not _is_made(line, theirs)
    ]


def _is_made(line: str, theirs: set[str]) -> bool:
    """Whether a line says what the template said, in whatever style: then it may change."""
    plain = re.sub(r"['\" \r\n]", "", line)
    return any(plain.lstrip("-") and plain.lstrip("-") in one for one in theirs) or not plain


SQL_OWNERS = (
    sub(r"\A", "-- Ask Ada before you change this.\n"),
    sub(r"^    from flights$", "        -- mine\n        , 1 as added\n    from flights"),
    sub(r"^final as", "/* all of it */\nfinal as"),
    sub(r"select \* from final", "select * from final where id > 0"),
    sub(r"^    select \* from (\{\{.*\}\})$", r"    select * from \1\n    where id is not null"),
)
SQL_TEMPLATES = (
    sub(r"^with\n", "-- Made by the platform.\nwith\n"),
    sub(r"^final as \(", "final as materialized ("),
    sub(r"select \* from final", "from final"),
    sub(r"left join", "left outer join"),
)


def test_sql_merges_by_line_and_no_line_of_the_owner_is_lost(tmp_path) -> None:
    random_ = random.Random(7)
    conflicts = total = 0
    for answers in fifty():
        made = as_made(answers)
        mine, folder = made.sql, eject(tmp_path, answers.kind)
        for one in random_.sample(SQL_OWNERS, 2):
            mine = one(mine)
        text = (folder / "model.sql").read_text()
        (folder / "model.sql").write_text(random_.choice(SQL_TEMPLATES)(text))
        new = made.renewed(tmp_path)
        merged = merge_lines(made.sql, mine, new.sql)
        total += 1
        conflicts += bool(merged.conflicts)
        own = set(mine.splitlines()) - set(made.sql.splitlines())
        assert own <= set(merged.text.splitlines())
    assert (total, len(KINDS)) == (50, 8)
    assert conflicts <= 20  # those of one line, or of neighbours
