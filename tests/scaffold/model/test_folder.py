import pytest

from platform_cli.config import Layer, default_layers
from platform_cli.errors import PlatformError
from platform_cli.project.layers import Layers
from platform_cli.scaffold.model.folder import check_folder, model_folder
from platform_cli.scaffold.model.kinds import load_kinds
from platform_cli.scaffold.model.parents import Parent
from tests.resource_builders import a_model, a_source, reads

KINDS = {kind.name: kind for kind in load_kinds()}


def folder(kind, *resources, parent=None, layers=None):
    parents = [Parent(parent, "x", "x", (), True, None)] if parent else []
    return model_folder(
        KINDS[kind],
        "sales",
        parents=parents,
        resources=resources,
        layers=Layers(layers or default_layers()),
        package="shop",
    )


def test_a_first_model_gets_a_folder_named_after_its_source_or_owner() -> None:
    assert folder("staging", parent=a_source()) == "models/staging/raw"
    assert folder("fact", parent=a_model("stg_x")) == "models/marts/sales"
    assert folder("intermediate", parent=a_model("stg_x")) == "models/intermediate"


def test_a_further_model_goes_where_those_like_it_are() -> None:
    mine = a_model("fct_a", path="models/marts/commerce/fct_a.sql", group="sales")
    theirs = a_model("fct_b", path="models/marts/growth/fct_b.sql", group="growth")
    assert folder("dimension", mine, theirs) == "models/marts/commerce"
    staged = a_model("stg_a", path="models/staging/stg_a.sql", **reads(a_source()))
    assert folder("staging", staged, parent=a_source()) == "models/staging"


def test_marts_that_lie_side_by_side_stay_so() -> None:
    flat = a_model("orders", path="models/marts/orders.sql")
    assert folder("fact", flat, parent=flat) == "models/marts"
    below = a_model("fct_b", path="models/marts/growth/fct_b.sql", group="growth")
    assert folder("fact", flat, below, parent=flat) == "models/marts/sales"


def test_of_several_folders_of_a_layer_it_is_the_one_nearest_to_the_parents() -> None:
    marts = {"marts": Layer(folders=("finance/gold", "ops/gold"), prefixes=())}
    silver = a_model("shipments", path="models/ops/silver/shipments.sql")
    assert folder("fact", silver, parent=silver, layers=marts) == "models/ops/gold/sales"
    other = a_model("invoices", path="models/finance/silver/invoices.sql")
    assert folder("fact", other, parent=other, layers=marts) == "models/finance/gold/sales"


def test_a_wished_folder_is_written_as_the_projects_paths_are() -> None:
    assert check_folder("./models/marts/x/", ("models",)) == "models/marts/x"
    assert check_folder("sql", ("models", "sql")) == "sql"


@pytest.mark.parametrize("wish", ["marts/x", "/elsewhere", "../x", "models/../../x", "models_old"])
def test_a_folder_that_dbt_does_not_read_is_refused(wish) -> None:
    with pytest.raises(PlatformError, match="dbt does not look for models in"):
        check_folder(wish, ("models",))
