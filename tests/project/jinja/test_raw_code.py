import pytest

from platform_cli.project.jinja.dialect import Unknown


def test_raw_code_is_what_dbt_holds(jinja_project, dbt_says):
    compared = 0
    for unique_id, said in dbt_says["nodes"].items():
        if unique_id.startswith("test.") and not unique_id.endswith(".singular"):
            with pytest.raises(Unknown):
                jinja_project.raw_code(unique_id)
            continue
        assert jinja_project.raw_code(unique_id) == said["raw_code"], unique_id
        compared += 1
    assert compared > 100
