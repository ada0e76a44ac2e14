"""The SQL to be read is the SQL that dbt would compile, but for the names of relations."""

import re
from pathlib import Path

import pytest

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.jinja.names_at_run import source_relation
from platform_cli.project.jinja.node_at_run import relation_of
from platform_cli.project.jinja.render import CompiledSql, compile_model
from platform_cli.project.project import Project
from platform_cli.project.resources import Model, Node, Source
from platform_cli.project.sql.rendering import Renderer, renderer_of
from tests.differential.generate import generate
from tests.sql_builders import sql_project

PLACEHOLDER = re.compile(r'"dbt_resource"\."([^"]+)"\."[^"]+"')


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    root = tmp_path_factory.mktemp("generated") / "project"
    generate(root, 100)
    return Project.load(root)


def compiled(project: Project, model: Model) -> str | None:
    """What dbt would run, None when only dbt can tell or it holds another model's text."""
    found = compile_model(project, model.unique_id)
    return found.sql if isinstance(found, CompiledSql) and not found.inlined else None


def named(project: Project, text: str, package: str) -> str:
    """The text with the relations' own names."""

    def relation(found: re.Match[str]) -> str:
        resource = project.resources[found[1].replace("/", ".")]
        if isinstance(resource, Source):
            return source_relation(resource).render()
        assert isinstance(resource, Node)
        return relation_of(resource, project.scope(package)).render()

    return PLACEHOLDER.sub(relation, text)


def test_it_is_what_dbt_would_compile(project) -> None:
    project.scope(project.name)
    renderer = Renderer(project.scopes, project.resources)
    compared = 0
    for model in project.of(Model):
        text = compiled(project, model)
        if text is None or model.language != "sql":
            continue
        content = (project.root / model.path).read_bytes()
        try:
            first = next(iter(renderer.render(model, content)))
        except (Unknown, BrokenJinja):
            continue
        assert named(project, first.text, model.package_name).strip() == text.strip(), model.path
        compared += 1
    assert compared > 60


def test_every_verbatim_place_is_the_place_of_the_same_character(project) -> None:
    project.scope(project.name)
    renderer = Renderer(project.scopes, project.resources)
    for model in list(project.of(Model))[::3]:
        content = (project.root / model.path).read_bytes()
        try:
            rendered = list(renderer.render(model, content))
        except (Unknown, BrokenJinja):
            continue
        lines = content.decode().replace("\r\n", "\n").split("\n")
        for one in rendered:
            for at, character in enumerate(one.text):
                if one.is_verbatim(at) and not character.isspace():
                    line, column, *_ = one.place(at, at + 1)
                    assert lines[line - 1][column - 1] == character, (model.path, at)


def test_an_incremental_model_has_two_texts_and_a_view_one(tmp_path) -> None:
    end = "{% if is_incremental() %} where id > (select max(id) from {{ this }}) {% endif %}"
    sql = f"select id from {{{{ ref('stg_flights') }}}} {end}"
    for head, texts in (("{{ config(materialized='incremental') }}", 2), ("", 1)):
        project = sql_project(tmp_path, {"models/marts/fct.sql": head + sql})
        model = project.model("fct")
        project.scope(project.name)
        renderer = Renderer(project.scopes, project.resources)
        content = Path(tmp_path, model.path).read_bytes()
        found = [one.text for one in renderer.render(model, content)]
        assert len(found) == texts
        assert "where" not in found[0]
        assert '"dbt_resource"."model/shop/fct"."fct"' in found[-1] or texts == 1


def test_a_guess_stands_for_what_only_dbt_can_tell_and_is_said(tmp_path) -> None:
    sql = "select {{ run_query('a') }}, {{ 1 }}, {{ run_query('b') }} {% if true %}x{% endif %}"
    project = sql_project(tmp_path, {"models/marts/fct.sql": sql})
    (made,) = renderer_of(project).render(project.model("fct"), sql.encode(), guess="g")
    assert made.text == "select g, 1, g x"
    assert made.guessed is not None
    with pytest.raises(Unknown):
        list(renderer_of(project).render(project.model("fct"), sql.encode()))


@pytest.mark.parametrize(
    "sql",
    [
        "{{ 1 }}{% set x = run_query('a') %}",
        "{{ 1 }}{% if run_query('a') %}{% endif %}",
        "{% for one in run_query('a') %}{{ one }}{% endfor %}",
    ],
)
def test_nothing_is_guessed_outside_of_what_is_written(tmp_path, sql) -> None:
    project = sql_project(tmp_path, {"models/marts/fct.sql": sql})
    with pytest.raises(Unknown):
        list(renderer_of(project).render(project.model("fct"), sql.encode(), guess="g"))
