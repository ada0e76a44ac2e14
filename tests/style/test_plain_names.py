import pytest

from platform_cli.project.project import Project
from platform_cli.project.sql.rendering import renderer_of
from platform_cli.style.plain_names import with_plain_names
from tests.read_builders import load


@pytest.fixture
def project(tmp_path) -> Project:
    return load(
        tmp_path,
        {
            "models/x.sql": "select 1 as a",
            "models/order.sql": "select 1 as a",
            "models/m.sql": "{# c #}select é from {{ ref('x') }}, {{ ref('order') }} as o",
        },
    )


def test_relations_have_the_names_that_a_person_would_write(project) -> None:
    content = (project.root / "models/m.sql").read_bytes()
    (rendered,) = renderer_of(project).render(project.model("m"), content)
    plain = with_plain_names(rendered, {"ORDER"})
    assert plain.text == 'select é from dbt.x, dbt."order" as o'


def test_places_stay(project) -> None:
    content = (project.root / "models/m.sql").read_bytes()
    (rendered,) = renderer_of(project).render(project.model("m"), content)
    plain = with_plain_names(rendered, ())
    for word in ("select", "é", "from", " as o"):
        at, there = rendered.text.index(word), plain.text.index(word)
        length = len(word)
        assert plain.place(there, there + length) == rendered.place(at, at + length)
    at = plain.text.index("order")
    assert plain.place(at, at + 5)[:2] == rendered.place(rendered.text.index("order"), 5)[:2]
