from platform_cli.conventions.rules.model_has_yaml_entry import model_has_yaml_entry
from tests.rule_builders import found


def test_a_model_without_an_entry_is_found_and_one_with_is_well(tmp_path) -> None:
    files = {
        "models/a.sql": "select 1 as id",
        "models/b.sql": "select 1 as id",
        "models/models.yml": "models: [{name: a}]\n",
    }
    assert found(model_has_yaml_entry, tmp_path, files) == [
        "models/b.sql no properties file describes this model"
    ]


def test_a_version_is_described_with_its_model(tmp_path) -> None:
    files = {
        "models/a_v1.sql": "select 1 as id",
        "models/a_v2.sql": "select 1 as id",
        "models/a.yml": "models: [{name: a, latest_version: 2, versions: [{v: 1}, {v: 2}]}]\n",
    }
    assert not found(model_has_yaml_entry, tmp_path, files)
