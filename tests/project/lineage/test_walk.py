import pytest

from platform_cli.project.graph import Graph
from platform_cli.project.lineage.walk import Dependants, dependants, made_from
from platform_cli.project.sql.origin import Origin

FILES = {
    "models/stg_ports.sql": "select code as port_code, name from {{ ref('ports') }}",
    "models/dim_ports.sql": "select port_code, upper(name) as label from {{ ref('stg_ports') }}"
    " where port_code is not null",
    "models/rpt_ports.sql": "select count(*) as n from {{ ref('dim_ports') }} as d"
    " join {{ ref('stg_ports') }} as s on s.port_code = d.port_code",
    "models/odd_ports.sql": "select {{ run_query('select 1') }} from {{ ref('dim_ports') }}",
    "models/tests.yml": """
models:
- name: dim_ports
  columns: [{name: port_code, data_tests: [unique]}]
exposures:
- {name: board, type: dashboard, owner: {name: Ann}, depends_on: [ref('dim_ports')]}
""",
}


def model(name: str) -> str:
    return f"model.shop.{name}"


@pytest.fixture
def below(lineage):
    def found(unique_id: str, column: str, depth: int | None = None) -> Dependants:
        known = lineage(FILES)
        graph = Graph(known.project.resources)
        return dependants(known, graph, Origin(unique_id, column), depth)

    return found


def test_what_a_column_is_made_of_step_by_step(lineage) -> None:
    steps = made_from(lineage(FILES), Origin(model("dim_ports"), "label"))
    assert [(one.parent, one.child, one.how) for one in steps] == [
        (Origin(model("stg_ports"), "name"), Origin(model("dim_ports"), "label"), "computed"),
        (Origin("seed.shop.ports", "Name"), Origin(model("stg_ports"), "name"), "unchanged"),
    ]
    assert len(made_from(lineage(FILES), Origin(model("dim_ports"), "label"), 1)) == 1


def test_who_depends_on_a_column_passes_it_on_or_names_it_or_nobody_can_tell(below) -> None:
    found = below("seed.shop.ports", "CODE")
    assert [(one.child, one.how) for one in found.steps if "snapshot" not in one.child[0]] == [
        (Origin(model("stg_ports"), "port_code"), "renamed"),
        (Origin(model("dim_ports"), "port_code"), "unchanged"),
    ]
    readers = {
        (one.unique_id.split(".")[2], one.column.column, one.clauses) for one in found.readers
    }
    assert readers >= {
        ("dim_ports", "port_code", ("where",)),
        ("rpt_ports", "port_code", ("join",)),
        ("unique_dim_ports_port_code", "port_code", ("test",)),
        ("snp_ports", "CODE", ("snapshot",)),
        ("fct_orders", "CODE", ("join",)),
    }
    unsure = {one.unique_id: one.why for one in found.unsure}
    assert set(unsure) == {model("odd_ports"), "exposure.shop.board"}
    assert "adapter.execute" in unsure[model("odd_ports")]


def test_depth_is_a_number_of_steps_for_readers_too(below) -> None:
    found = below("seed.shop.ports", "code", 1)
    assert {one.child.unique_id for one in found.steps} == {
        model("stg_ports"),
        "snapshot.shop.snp_ports",
    }
    assert model("dim_ports") not in {one.unique_id for one in found.readers}


def test_a_star_passes_on_what_nobody_lists(lineage) -> None:
    files = {
        "models/some.sql": "select * exclude (secret) from {{ ref('stg_people') }}",
        "models/more.sql": "select nickname as nick from {{ ref('some') }}",
    }
    known = lineage(files)
    graph = Graph(known.project.resources)
    people = "source.shop.raw.people"
    steps = dependants(known, graph, Origin(people, "nickname")).steps
    assert [one.child for one in steps] == [
        Origin(model("stg_people"), "nickname"),
        Origin(model("some"), "nickname"),
        Origin(model("more"), "nick"),
    ]
    secret = dependants(known, graph, Origin(people, "secret"))
    assert [one.child.unique_id for one in secret.steps] == [model("stg_people")]
    assert [one.clauses for one in secret.readers] == [("exclude",)]


def test_models_that_read_each_other_end(lineage) -> None:
    files = {
        "models/one.sql": "select a from {{ ref('two') }}",
        "models/two.sql": "select a from {{ ref('one') }}",
    }
    known = lineage(files)
    assert len(made_from(known, Origin(model("one"), "a"))) == 2
    assert (
        len(dependants(known, Graph(known.project.resources), Origin(model("one"), "a")).steps) == 2
    )


def test_a_model_with_a_condition_that_nobody_knows_may_name_the_column(lineage) -> None:
    text = "select port_code from {{ ref('stg_ports') }} where {{ run_query('select 1') }} = 1"
    known = lineage(FILES | {"models/some_ports.sql": text})
    found = dependants(
        known, Graph(known.project.resources), Origin(model("stg_ports"), "name"), depth=1
    )
    why = {one.unique_id: one.why for one in found.unsure}
    assert why[model("some_ports")].startswith("a condition in its SQL is not known")
    assert model("some_ports") not in {one.child.unique_id for one in found.steps}
