import pytest

from platform_cli.project.jinja.adapter import Adapter
from platform_cli.project.jinja.dialect import Unknown
from platform_cli.project.lineage.listed import ListedColumns
from platform_cli.project.lineage.made import MadeColumn, MadeColumns, OpenStar
from platform_cli.project.resources import Seed
from platform_cli.project.sql.placeholder import Placeholder

PORTS = Seed(unique_id="seed.shop.ports", name="ports", package_name="shop", path="seeds/ports.csv")
MADE = MadeColumns((MadeColumn("code", "given"), MadeColumn("name", "given")))


def asked(made: MadeColumns | None, kind: str = "duckdb"):
    catalog = ListedColumns({PORTS.unique_id: made}.get)
    adapter = Adapter(kind, {}, lambda *_: None, parsing=False, catalog=catalog, dbts_columns=True)
    return adapter.get_columns_in_relation(Placeholder(PORTS, kind))


@pytest.mark.parametrize(
    ("kind", "names"),
    [("duckdb", ["code", "name"]), ("bigquery", ["code", "name"]), ("snowflake", ["CODE", "NAME"])],
)
def test_the_listed_names_are_told_and_no_types(kind, names) -> None:
    found = asked(MADE, kind)
    assert [one.name for one in found] == names
    with pytest.raises(Unknown):
        found[0].data_type  # noqa: B018


@pytest.mark.parametrize(
    "made",
    [
        None,
        MadeColumns(MADE.columns, (OpenStar("", "more"),)),
        MadeColumns((MadeColumn("", "computed"),)),
        MadeColumns(undecided="a Python model"),
    ],
)
def test_where_a_column_may_lack_nothing_is_told(made) -> None:
    with pytest.raises(Unknown, match="cannot be read"):
        asked(made)


def test_what_is_in_a_database_is_told_by_nobody() -> None:
    with pytest.raises(Unknown, match=r"whether main\.ports exists"):
        ListedColumns({}.get).kind(None, "main", "ports")
