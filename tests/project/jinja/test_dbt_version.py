import sys
from importlib.metadata import version

import pytest

from platform_cli.project.jinja.dbt_version import dbt_version


@pytest.fixture(autouse=True)
def _asked_anew():
    dbt_version.cache_clear()
    yield
    dbt_version.cache_clear()


def test_it_is_what_importlib_says(monkeypatch):
    said = version("dbt-core")
    monkeypatch.setitem(sys.modules, "importlib.metadata", None)  # it is not even imported
    assert dbt_version() == said


@pytest.mark.parametrize("name", ["dbt_core-9.8.7.dist-info", "dbt_core.egg-info"])
def test_the_first_on_the_path_is_the_one(tmp_path, monkeypatch, name):
    folder = tmp_path / name
    folder.mkdir()
    file = "METADATA" if name.endswith("dist-info") else "PKG-INFO"
    (folder / file).write_text("Metadata-Version: 2.1\nName: dbt-core\nVersion: 9.8.7\n\ntext\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert dbt_version() == version("dbt-core") == "9.8.7"
