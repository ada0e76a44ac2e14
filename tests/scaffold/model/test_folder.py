import pytest

from platform_cli.config import default_layers
from platform_cli.errors import PlatformError
from platform_cli.project.layers import Layers
from platform_cli.scaffold.model.folder import check_folder, model_folder
from platform_cli.scaffold.model.kinds import load_kinds
from platform_cli.scaffold.model.parents import Parent
from tests.resource_builders import a_model, a_source, reads

KINDS = {kind.name: kind for kind in load_kinds()}


def folder(kind, *resources, parent=None):
    parents = [Parent(parent, "x", "x", (), True, None)] if parent else []
    return model_folder(
        KINDS[kind],
        "sales",
        parents=parents,
        resources=resources,
        layers=Layers(default_layers()),
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


def test_a_wished_folder_is_written_as_the_projects_paths_are() -> None:
    assert check_folder("./models/marts/x/", ("models",)) == "models/marts/x"
    assert check_folder("sql", ("models", "sql")) == "sql"


@pytest.mark.parametrize("wish", ["marts/x", "/elsewhere", "../x", "models/../../x", "models_old"])
def test_a_folder_that_dbt_does_not_read_is_refused(wish) -> None:
    with pytest.raises(PlatformError, match="dbt does not look for models in"):
        check_folder(wish, ("models",))
