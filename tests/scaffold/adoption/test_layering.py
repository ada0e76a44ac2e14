from platform_cli.config import Layer
from platform_cli.project.resources import Model, Source
from platform_cli.scaffold.adoption.layering import layering


def model(path: str, *reads: str) -> Model:
    name = path.rpartition("/")[2]
    return Model(
        unique_id=f"model.shop.{name}",
        name=name,
        package_name="shop",
        path=f"models/{path}.sql",
        depends_on=reads,
    )


ORDERS = Source(
    unique_id="source.shop.raw.orders",
    name="orders",
    source_name="raw",
    package_name="shop",
    path="models/raw.yml",
)


def found(*models: Model):
    resources = {one.unique_id: one for one in (*models, ORDERS)}
    return layering(models, ("models",), resources)


def test_folders_that_are_called_like_layers_are_layers() -> None:
    layers = found(
        model("bronze/b_orders", ORDERS.unique_id),
        model("silver/s_orders", "model.shop.b_orders"),
        model("gold/g_orders", "model.shop.s_orders"),
    ).layers
    assert [(name, one.folders) for name, one in layers.items()] == [
        ("staging", ("bronze",)),
        ("intermediate", ("silver",)),
        ("marts", ("gold",)),
    ]
    assert layers["marts"].parents == ("staging", "intermediate", "marts")


def test_departments_with_layers_in_them_share_the_layers() -> None:
    layers = found(
        *(model(f"{team}/staging/stg_{team}") for team in ("sales", "ops")),
        *(model(f"{team}/marts/fct_{team}") for team in ("sales", "ops")),
    ).layers
    assert layers["staging"].folders == ("ops/staging", "sales/staging")
    assert layers["staging"].prefixes == ("stg_",)
    assert layers["marts"].folders == ("ops/marts", "sales/marts")


def test_a_habit_is_a_parent_and_an_exception_is_not() -> None:
    often = [model(f"marts/fct_{n}", ORDERS.unique_id) for n in range(3)]
    rare = [model(f"staging/stg_{n}", ORDERS.unique_id) for n in range(9)]
    up = model("staging/stg_up", "model.shop.fct_0")
    layers = found(*often, *rare, up).layers
    assert layers["marts"].parents == ("source", "staging", "intermediate", "marts")
    assert layers["staging"].parents == ("source", "staging")


def test_prefixes_are_those_of_nearly_all_names() -> None:
    marts = [model(f"marts/f_{n}") for n in range(8)] + [model("marts/odd"), model("marts/f__x")]
    assert found(*marts).layers["marts"].prefixes == ("f_",)
    about = [model(f"marts/customer_{n}") for n in range(4)]
    assert found(*about).layers["marts"].prefixes == ()
    assert found(model("marts/customers"), model("marts/orders")).layers["marts"].prefixes == ()


def test_other_folders_are_layers_that_may_read_anything() -> None:
    result = found(model("sales/a"), model("ops/b", "model.shop.a"))
    assert result.layers == {"ops": Layer(folders=("ops",)), "sales": Layer(folders=("sales",))}
    assert "called like layers" in result.notes[0]


def test_without_folders_there_are_none() -> None:
    assert not found(model("a"), model("b")).layers


def test_what_is_in_no_layer_is_said() -> None:
    notes = found(model("staging/stg_a"), model("staging/stg_b"), model("util/days")).notes
    assert "in no layer: util (1)" in notes
