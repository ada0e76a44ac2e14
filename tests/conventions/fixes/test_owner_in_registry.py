from tests.fix_builders import fix
from tests.small_project import FILES

RULE = "owner-in-registry"
YAML = "models/staging/raw/stg_customers.yml"
ON = "check: {rules: {owner-in-registry: {owners: [finance]}}}\n"


def owned_by(owner: str) -> dict[str, str]:
    return {YAML: FILES[YAML].replace("{group: sales}", f"{{meta: {{owner: {owner}}}}}  # who")}


def test_a_misspelt_owner_is_spelt_rightly(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, owned_by("finanse"), settings=ON)
    assert fixed.changed == owned_by("finance")
    assert not fixed.left(RULE)


def test_an_unknown_owner_is_left_to_a_person(capsys, tmp_path) -> None:
    fixed = fix(capsys, tmp_path, RULE, owned_by("Grace"), settings=ON)
    assert not fixed.changed
    assert "no known owner is spelt nearly so" in fixed.left(RULE)[0]
