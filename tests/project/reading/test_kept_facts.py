"""A read after an edit says what a fresh read says, whatever was edited and whatever was kept."""

import random
from pathlib import Path

import msgspec
import pytest

from platform_cli.project.project import Project
from tests.read_builders import a_project, write_files

HOOK = "{{ config(post_hook=\"{{ note(ref('b')) }}\") }}"
SQL = [
    "select 1 as id",
    "\n\n-- {{ ref('a') }} again\nselect * from {{ ref('a') }}",
    "select * from {{ ref('a') }} join {{ source('raw', 't') }}",
    "{{ config(tags=['x'], meta={'day': 1}) }} select * from {{ source('raw', 't') }}",
    "{{ config(enabled=var('on')) }} select * from {{ hidden() }}",
    "{% if target.name == 'dev' %}select * from {{ ref('b') }}{% endif %}",
    "{% set n = ['a'] %}\nselect * from {{ ref(n[0]) }} {{ ref('nowhere') }}",
    f"{HOOK}\n select * from {{{{ ref('a') }}}}",
    "{{ config(alias=env_var('KEPT', 'nobody')) }} select '{{ env_var('KEPT', 'x') }}'",
    "{{ config(alias=run_started_at.strftime('y%Y')) }} select 1",
    "{% snapshot inner %}{{ config(unique_key='id') }}select 1{% endsnapshot %}",
    "select {{ broken",
    "select {{ 1 | no_such_filter }}",
    "\n",
]
YAML = [
    "models: []",
    "models: [{name: a, description: one, columns: [{name: id, data_tests: [unique]}]}]",
    "models: [{name: a, data_tests: [{is_like: {arguments: {to: ref('b'), day: 2024-01-31}}}]}]",
    "models: [{name: a, data_tests: [{is_like: {arguments: {to: \"{{ var('on') }}\"}}}]}]",
    "models: [{name: b, config: {alias: other, tags: [t]}, columns: [{name: id, meta: {1: 2}}]}]",
    "models: [&m {name: c, meta: {k: v}}]\nseeds: [{name: nothing}]",
    "models: {",
]
FIXED = {
    "dbt_project.yml": """\
        name: shop
        profile: shop
        vars: {on: true}
        models: {shop: {+post-hook: "{{ note(this) }}"}}
        """,
    "models/raw.yml": "sources: [{name: raw, tables: [{name: t}]}]",
    "macros/names.sql": """\
        {% macro generate_alias_name(custom=none, node=none) %}
        {{ custom or node.name ~ '_of_' ~ node.resource_type }}
        {% endmacro %}
        """,
}
MACROS = [
    "{% macro hidden() %}{{ ref('a') }}{% endmacro %}{% macro note(x) %}1{% endmacro %}",
    "{% macro hidden() %}{{ ref('b') }}{% endmacro %}{% macro note(x) %}2{% endmacro %}",
]
TEST = "{% test is_like(model, to, day=1) %}select * from {{ model }} join {{ to }}{% endtest %}"


def a_root(folder: Path) -> Path:
    return a_project(
        folder,
        {
            **FIXED,
            "models/a.sql": SQL[0],
            "models/b.sql": SQL[1],
            "models/c.sql": SQL[2],
            "models/m.yml": YAML[1],
            "macros/m.sql": MACROS[0],
            "macros/t.sql": TEST,
        },
    )


def forget(root: Path, pattern: str) -> None:
    for path in (root / "target" / "platform_cli").glob(pattern):
        path.unlink()


def said(project: Project) -> bytes:
    """All that the project says, types and order included."""
    parts = [project.name, list(project.resources.values()), list(project.disabled.values())]
    parts += [project.problems, project.target]
    return msgspec.json.encode(parts)


def edit(root: Path, dice: random.Random) -> None:
    name = dice.choice(["models/a.sql", "models/b.sql", "models/c.sql", "tests/one.sql", "yaml"])
    if name == "yaml":
        write_files(root, {"models/m.yml": dice.choice(YAML)})
    elif dice.random() < 0.15:
        write_files(root, {"macros/m.sql": dice.choice(MACROS)})
    elif dice.random() < 0.5 and (root / name).is_file():
        with (root / name).open("r+") as handle:
            text = handle.read()
            handle.seek(0)
            handle.write(dice.choice(["\n", "-- {# x #}\n", "select 2;"]) + text)
    else:
        write_files(root, {name: dice.choice(SQL)})


@pytest.mark.parametrize("seed", range(6))
def test_a_read_after_random_edits_equals_a_fresh_read(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, dice = a_root(tmp_path), random.Random(seed)
    Project.load(root)
    for _ in range(12):
        edit(root, dice)
        if dice.random() < 0.2:
            monkeypatch.setenv("KEPT", dice.choice(["one", "two"]))
        after_edit = said(Project.load(root))
        assert said(Project.load(root)) == after_edit
        kept = {path: path.read_bytes() for path in (root / "target/platform_cli").iterdir()}
        forget(root, "*")
        fresh = said(Project.load(root))
        assert after_edit == fresh
        forget(root, "project-*")
        assert said(Project.load(root)) == fresh
        for path, content in kept.items():
            path.write_bytes(content)


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts whose Jinja is read from now on."""
    from platform_cli.project.jinja import sql

    texts: list[str] = []
    real = sql.read_sql
    monkeypatch.setattr(
        sql, "read_sql", lambda text, *a, **k: (texts.append(text), real(text, *a, **k))[1]
    )
    return texts


def test_after_an_edit_only_the_edited_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_root(tmp_path)
    write_files(root, {"dbt_project.yml": "name: shop\nprofile: shop\n"})
    Project.load(root)
    write_files(root, {"models/b.sql": SQL[2]})
    texts = reads(monkeypatch)
    Project.load(root)
    assert texts == [SQL[2]]


def test_an_edited_macro_is_seen_by_the_files_that_call_it(tmp_path: Path) -> None:
    root = a_root(tmp_path)
    write_files(root, {"models/c.sql": "select * from {{ hidden() }}"})
    assert Project.load(root).model("c").depends_on == ("model.shop.a",)
    write_files(root, {"macros/m.sql": MACROS[1]})
    assert Project.load(root).model("c").depends_on == ("model.shop.b",)


def test_an_environment_variable_that_a_kept_fact_asked_for_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_root(tmp_path)
    write_files(root, {"models/c.sql": SQL[8]})
    Project.load(root)
    write_files(root, {"models/b.sql": SQL[2]})
    assert Project.load(root).model("c").alias == "nobody"
    monkeypatch.setenv("KEPT", "somebody")
    assert Project.load(root).model("c").alias == "somebody"


def test_kept_facts_that_hold_for_a_day_are_gone_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_root(tmp_path)
    write_files(root, {"models/c.sql": SQL[9]})
    Project.load(root)
    forget(root, "project-*")
    texts = reads(monkeypatch)
    Project.load(root)
    assert SQL[9] not in texts
    forget(root, "project-*")
    monkeypatch.setattr("platform_cli.project.reading.opening.today", lambda: "tomorrow")
    Project.load(root)
    assert SQL[9] in texts


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "another"])
def test_damaged_facts_are_no_facts(tmp_path: Path, damage: str) -> None:
    root = a_root(tmp_path)
    wanted = said(Project.load(root))
    (path,) = (root / "target" / "platform_cli").glob("facts-*")
    (other,) = (root / "target" / "platform_cli").glob("project-*")
    content = bytearray(path.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 1
    another = other.read_bytes()
    path.write_bytes(
        {"cut": content[:-5], "flip": content, "empty": b"", "another": another}[damage]
    )
    other.unlink()
    assert said(Project.load(root)) == wanted
