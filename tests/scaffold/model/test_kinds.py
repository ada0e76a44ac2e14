from platform_cli.config import default_layers
from platform_cli.scaffold.model.kinds import kind_names, load_kinds


def test_every_kind_has_both_templates_and_fits_the_default_layers() -> None:
    assert set(kind_names()) >= {"staging", "intermediate", "fact", "dimension"}
    for kind in load_kinds():
        assert {file.name for file in kind.folder.iterdir()} == {
            *("kind.toml", "model.sql", "model.yml")
        }
        assert kind.prefix in default_layers()[kind.layer].prefixes
