from platform_cli.config import Layer, default_layers
from platform_cli.project.layers import Layers
from tests.resource_builders import a_model, a_snapshot, a_source

LAYERS = Layers(default_layers())


def test_a_model_is_in_the_layer_whose_folder_holds_it() -> None:
    assert LAYERS.of(a_model(path="models/marts/sales/fct_a.sql")) == "marts"
    assert LAYERS.of(a_model(path="models/marts_old/fct_a.sql")) is None
    assert LAYERS.of(a_model(path="other/marts/fct_a.sql")) is None
    assert LAYERS.of(a_source()) == "source"


def test_the_deepest_folder_wins_and_model_paths_are_respected() -> None:
    layers = Layers(
        {"all": Layer(folders=("sales",)), "raw": Layer(folders=("sales/raw",))}, ("src/models",)
    )
    assert layers.at("src/models/sales/raw/a.sql") == "raw"
    assert layers.at("src/models/sales/b.sql") == "all"
    assert layers.at("models/sales/b.sql") is None


def test_what_a_layer_may_read_is_said_by_its_parents() -> None:
    mart, staging = a_model(), a_model("stg_a", path="models/staging/stg_a.sql")
    assert LAYERS.may_read("staging", a_source())
    assert LAYERS.may_read("marts", staging)
    assert not LAYERS.may_read("marts", a_source())
    assert not LAYERS.may_read("staging", mart)


def test_snapshots_and_models_outside_of_layers_may_always_be_read() -> None:
    assert LAYERS.may_read("marts", a_snapshot())
    assert LAYERS.may_read("staging", a_model(path="models/legacy/a.sql"))
    assert LAYERS.may_read(None, a_model())
    assert Layers({"marts": Layer(folders=("marts",))}).may_read("marts", a_source())
