from platform_cli.project.reading.spaces import spaces
from platform_cli.project.resources import DataTest, Model, Seed, Snapshot


def one(kind: type, name: str):
    return kind(unique_id=f"x.shop.{name}", name=name, package_name="shop", path=f"m/{name}.sql")


def test_a_model_a_seed_and_a_snapshot_may_have_no_space() -> None:
    found = list(spaces([one(Model, "a b"), one(Seed, "c d"), one(Snapshot, "e f g")]))
    assert [problem.path for problem in found] == ["m/a b.sql", "m/c d.sql", "m/e f g.sql"]
    assert found[2].hint.endswith("e_f_g")
    assert {problem.severity for problem in found} == {"error"}


def test_a_test_may_and_a_name_without_one_is_fine() -> None:
    assert list(spaces([one(DataTest, "a b"), one(Model, "a_b"), one(Seed, "ab")])) == []
