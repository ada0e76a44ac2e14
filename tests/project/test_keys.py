from platform_cli.project.keys import single_keys
from platform_cli.project.resources import Column
from tests.resource_builders import a_model, a_test


def test_unique_and_not_null_on_one_column_make_a_key() -> None:
    model = a_model()
    unique, filled = a_test(model, "unique", "Id"), a_test(model, "not_null", "id")
    assert single_keys(model, [unique, filled]) == {"id"}
    assert not single_keys(model, [unique, a_test(model, "not_null", "other")])


def test_a_constraint_of_one_column_makes_a_key_and_one_of_two_makes_none() -> None:
    column = Column("Id", constraints=({"type": "primary_key"},))
    assert single_keys(a_model(columns={"Id": column}), []) == {"id"}
    for columns, keys in ((["a"], {"a"}), (["a", "b"], set())):
        constraint = {"type": "primary_key", "columns": columns}
        assert single_keys(a_model(constraints=(constraint,)), []) == keys


def test_unique_and_not_null_may_be_constraints() -> None:
    unique = {"type": "unique", "columns": ["id"]}
    filled, both = (
        {"type": "not_null", "columns": ["ID"]},
        {"type": "unique", "columns": ["a", "b"]},
    )
    assert single_keys(a_model(constraints=(unique, filled)), []) == {"id"}
    model = a_model(constraints=(unique, both))
    assert single_keys(model, [a_test(model, "not_null", "id")]) == {"id"}
    assert not single_keys(model, [a_test(model, "not_null", "a")])
