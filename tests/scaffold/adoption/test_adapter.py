import pytest

from platform_cli.scaffold.adoption.adapter import likely_adapter
from tests.builders import write


@pytest.mark.parametrize(
    ("files", "adapter"),
    [
        ({"requirements.txt": "dbt-core\ndbt-snowflake==1.9\n"}, "snowflake"),
        ({"profiles/profiles.yml": "x:\n  outputs:\n    dev:\n      type: bigquery\n"}, "bigquery"),
        ({".github/workflows/ci.yml": "run: pip install dbt-postgres\n"}, "postgres"),
        ({"requirements.txt": "dbt-snowflake\ndbt-duckdb\n"}, ""),
        ({"requirements.txt": "dbt-core\n"}, ""),
        ({}, ""),
    ],
)
def test_the_only_adapter_that_is_named(tmp_path, files, adapter) -> None:
    assert likely_adapter(write(tmp_path, files)) == adapter


def test_the_project_goes_before_what_is_around_it(tmp_path) -> None:
    inner = write(tmp_path / "p", {"requirements.txt": "dbt-trino\n"})
    write(tmp_path, {"requirements.txt": "dbt-spark\n"})
    assert likely_adapter(inner, tmp_path) == "trino"
