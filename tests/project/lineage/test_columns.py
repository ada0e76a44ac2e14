import os

import pytest

from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.lineage.made import ColumnUse, MadeColumn, MadeColumns
from platform_cli.project.project import Project
from platform_cli.project.sql.origin import Origin

ORDERS = "source.shop.raw.orders"
FCT = "model.shop.fct_orders"


def test_columns_are_followed_through_stars_and_renames(columns) -> None:
    assert columns("model.shop.stg_orders") == [
        "order_id renamed orders.Order Id",
        "placed_on converted orders.placed_at",
        "one computed",
    ]
    assert columns(FCT) == [
        "order_id unchanged stg_orders.order_id",
        "placed_on unchanged stg_orders.placed_on",
        "one unchanged stg_orders.one",
        "port renamed ports.Name",
    ]


def test_types_come_from_yaml_casts_and_parents(lineage) -> None:
    made = lineage().of(FCT)
    assert [one.type for one in made.columns] == ["bigint", "DATE", None, None]
    assert lineage().column("seed.shop.ports", "CODE").type == "varchar(3)"


def test_of_a_star_over_an_undocumented_source_only_what_is_declared_is_listed(lineage) -> None:
    made = lineage().of("model.shop.stg_people")
    people = "source.shop.raw.people"
    assert made.columns == (MadeColumn("person_id", "unchanged", (Origin(people, "person_id"),)),)
    assert not made.complete
    assert made.why_incomplete == "raw.people may have columns that its YAML does not list"
    assert made.column("x") == MadeColumn("x", "unchanged", (Origin(people, "x"),))


def test_a_snapshot_has_the_columns_that_dbt_adds_and_uses_those_of_its_settings(lineage) -> None:
    made = lineage().of("snapshot.shop.snp_ports")
    assert [(one.name, one.how, [of.column for of in one.of]) for one in made.columns] == [
        ("code", "unchanged", ["code"]),
        ("Name", "unchanged", ["Name"]),
        ("dbt_scd_id", "computed", ["Name"]),
        ("dbt_updated_at", "computed", ["Name"]),
        ("since", "computed", ["Name"]),
        ("dbt_valid_to", "computed", ["Name"]),
        ("dbt_is_deleted", "computed", ["Name"]),
    ]
    assert made.uses == (
        ColumnUse("seed.shop.ports", "code", ("snapshot",)),
        ColumnUse("seed.shop.ports", "Name", ("snapshot",)),
    )


def test_what_only_dbt_can_tell_is_unknown_and_says_why(columns, lineage) -> None:
    files = {
        "models/odd.sql": "select {{ run_query('select 1') }} as k from {{ ref('ports') }}",
        "models/odd.yml": "models: [{name: odd, columns: [{name: k}]}]",
        "models/of_odd.sql": "select k, o.l from {{ ref('odd') }} as o",
        "models/py.py": "def model(dbt, session):\n    return dbt.ref('ports')\n",
        "models/broken.sql": "select from where",
    }
    assert columns("model.shop.odd", files) == ["k unknown", "*"]
    assert columns("model.shop.of_odd", files) == ["k unchanged odd.k", "l unchanged odd.l"]
    assert columns("model.shop.py", files) == ["*"]
    made = lineage(files).of("model.shop.broken")
    assert "not understood" in made.why_incomplete
    assert made.column("x") is None


def test_a_macro_that_asks_for_the_columns_of_a_parent_is_told_them(columns) -> None:
    macro = """
{% macro all_but(relation, name) %}
{% for one in adapter.get_columns_in_relation(relation) if one.name != name %}
{{ one.quoted }}{{ ',' if not loop.last }}
{% endfor %}
{% endmacro %}
{% macro types_of(relation) %}
{{ adapter.get_columns_in_relation(relation)[0].data_type }}
{% endmacro %}
"""
    fct, people, ports = (f"ref('{one}')" for one in ("fct_orders", "stg_people", "ports"))
    files = {
        "macros/all_but.sql": macro,
        "models/some.sql": f"select {{{{ all_but({fct}, 'one') }}}} from {{{{ {fct} }}}}",
        "models/open.sql": f"select {{{{ all_but({people}, 'x') }}}} from {{{{ {people} }}}}",
        "models/typed.sql": f"select code::{{{{ types_of({ports}) }}}} c from {{{{ {ports} }}}}",
    }
    assert columns("model.shop.some", files) == [
        "order_id unchanged fct_orders.order_id",
        "placed_on unchanged fct_orders.placed_on",
        "port unchanged fct_orders.port",
    ]
    assert columns("model.shop.open") == ["*"]
    assert columns("model.shop.typed") == ["*"]


def test_an_incremental_run_adds_what_it_names_and_reads_itself(lineage) -> None:
    files = {
        "models/inc.sql": "{{ config(materialized='incremental') }}"
        "select code from {{ ref('ports') }}"
        "{% if is_incremental() %} where name > (select max(code) from {{ this }}){% endif %}"
    }
    made = lineage(files).of("model.shop.inc")
    assert [one.name for one in made.columns] == ["code"]
    assert made.uses == (
        ColumnUse("seed.shop.ports", "code", ("select", "where")),
        ColumnUse("seed.shop.ports", "Name", ("where",)),
    )


def test_models_that_read_each_other_end(columns) -> None:
    files = {
        "models/one.sql": "select a from {{ ref('two') }}",
        "models/two.sql": "select a from {{ ref('one') }}",
    }
    assert columns("model.shop.one", files) == ["a unchanged two.a"]


def test_what_has_no_columns_and_what_does_not_exist_have_none(lineage) -> None:
    assert lineage().of("model.shop.nope") is None
    assert lineage().column(FCT, "nope") is None


def test_a_deep_chain_is_followed(lineage) -> None:
    files = {"models/m0.sql": "select code from {{ ref('ports') }}"}
    for number in range(1, 300):
        files[f"models/m{number}.sql"] = f"select * from {{{{ ref('m{number - 1}') }}}}"
    made = lineage(files).of("model.shop.m299")
    assert made.columns[0].of == (Origin("model.shop.m298", "code"),)


class TestKept:
    @pytest.fixture
    def work(self, monkeypatch) -> list[str]:
        """The models that were worked out anew."""
        done: list[str] = []
        read = ColumnLineage._read

        def noted(self, node) -> MadeColumns:
            done.append(node.name)
            return read(self, node)

        monkeypatch.setattr(ColumnLineage, "_read", noted)
        return done

    def of_fct(self, lineage, work) -> tuple[list[str], list[str]]:
        work.clear()
        known = lineage()
        names = [one.name for one in known.of(FCT).columns]
        known.keep()
        return names, sorted(work)

    def test_what_has_not_changed_is_not_worked_out_again(self, lineage, work) -> None:
        first = self.of_fct(lineage, work)
        assert first[1] == ["fct_orders", "stg_orders"]
        assert self.of_fct(lineage, work) == (first[0], [])

    def test_a_parent_with_other_columns_is_noticed(self, lineage, work, tmp_path) -> None:
        self.of_fct(lineage, work)
        sql = "select placed_at, 2 as two from {{ source('raw', 'orders') }}"
        known = lineage({"models/stg_orders.sql": sql})
        work.clear()
        assert [one.name for one in known.of(FCT).columns] == ["placed_at", "two", "port"]
        assert sorted(work) == ["fct_orders", "stg_orders"]

    def test_a_parent_with_the_same_columns_changes_nothing(self, lineage, work) -> None:
        self.of_fct(lineage, work)
        sql = 'select "Order Id" as order_id, placed_at::date as placed_on, 2 as one from'
        known = lineage({"models/stg_orders.sql": sql + " {{ source('raw', 'orders') }}"})
        work.clear()
        known.of(FCT)
        assert work == ["stg_orders"]

    def test_the_header_of_a_seed_counts(self, lineage, work) -> None:
        self.of_fct(lineage, work)
        work.clear()
        known = lineage({"seeds/ports.csv": "code,NAME\nA,Aa\n"})
        assert known.of(FCT).columns[-1].of == (Origin("seed.shop.ports", "NAME"),)
        assert work == ["fct_orders"]

    def test_a_broken_file_of_ours_is_as_if_it_were_not_there(
        self, lineage, work, tmp_path
    ) -> None:
        self.of_fct(lineage, work)
        [kept] = (tmp_path / "target/platform_cli").glob("columns-*")
        with kept.open("r+b") as file:
            os.truncate(file.fileno(), 40)
        assert self.of_fct(lineage, work)[1] == ["fct_orders", "stg_orders"]

    def test_text_that_is_not_written_yet(self, lineage) -> None:
        from platform_cli.project.sql.positions import Rendered

        known = lineage()
        node = known.project.model("fct_orders")
        text = 'select "Name" as n from "dbt_resource"."seed/shop/ports"."ports"'
        made = known.of_text(Rendered(text, text, []), node)
        assert made.columns == (MadeColumn("n", "renamed", (Origin("seed.shop.ports", "Name"),)),)


def test_project_without_a_cache(tmp_path, lineage) -> None:
    lineage()
    known = ColumnLineage(Project.load(tmp_path, keep=False))
    assert known.of(FCT) is not None
    known.keep()
