from tests.fix_builders import described, fix
from tests.small_project import FILES

RULE = "description-meaningful"
YAML = "models/marts/sales/dim_customers.yml"
STG = "models/staging/raw/stg_customers.yml"


def test_a_place_holder_gives_way_to_the_description_upstream(capsys, tmp_path) -> None:
    changes = described(YAML, "description: The key.", "description: n/a  # later")
    fixed = fix(capsys, tmp_path, RULE, changes)
    upstream = 'description: "The key: never reused."  # later'
    assert fixed.changed == {YAML: FILES[YAML].replace("description: The key.", upstream)}
    assert not fixed.left(RULE)


def test_of_a_model_it_is_left_to_a_person(capsys, tmp_path) -> None:
    changes = described(STG, "One row per customer.", "The stg customers table.")
    fixed = fix(capsys, tmp_path, RULE, changes)
    assert not fixed.changed
    assert "for a person to say" in fixed.left(RULE)[0]
